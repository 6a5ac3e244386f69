// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The models: what requests and answers carry.

mod attribute;
mod category;
mod category_page;
mod category_summary;
mod dependency_health;
mod health;
mod health_status;
mod image;
mod price;
mod product;
mod product_batch;
mod product_create;
mod product_ids;
mod product_page;
mod product_patch;
mod set_price;
mod variant;
mod variant_batch;
mod variant_create;
mod variant_ids;
mod variant_page;
mod variant_patch;
mod variant_price;

pub use attribute::Attribute;
pub use category::Category;
pub use category_page::CategoryPage;
pub use category_summary::CategorySummary;
pub use dependency_health::DependencyHealth;
pub use health::Health;
pub use health_status::HealthStatus;
pub use image::Image;
pub use price::Price;
pub use product::Product;
pub use product_batch::ProductBatch;
pub use product_create::ProductCreate;
pub use product_ids::ProductIds;
pub use product_page::ProductPage;
pub use product_patch::ProductPatch;
pub use set_price::SetPrice;
pub use variant::Variant;
pub use variant_batch::VariantBatch;
pub use variant_create::VariantCreate;
pub use variant_ids::VariantIds;
pub use variant_page::VariantPage;
pub use variant_patch::VariantPatch;
pub use variant_price::VariantPrice;
