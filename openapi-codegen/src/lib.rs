//! Generates Rust clients from OpenAPI 3.1 documents.
