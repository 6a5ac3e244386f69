//! The reference server against `openapi/product-service.yaml`: what it answers is what the document says.

mod coverage;
mod document;
mod examples;
mod judge;
mod operations;
