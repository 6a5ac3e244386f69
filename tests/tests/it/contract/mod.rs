//! The reference server against `openapi/product-service.yaml`: what it answers is what the document says.

mod coverage;
mod document;
mod examples;
mod fields;
mod judge;
mod operations;
mod routing;
