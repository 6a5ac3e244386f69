//! Client of the Product Service: generated from its OpenAPI document, resilient by contract.
