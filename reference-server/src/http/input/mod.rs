//! The request bodies, field by field as `openapi/product-service.yaml` names them.

mod ids;
mod parts;
mod price;
mod product;
mod variant;

pub(super) use ids::Ids;
