// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The operations, each with the facts of its contract.

mod batch_products;
mod batch_variants;
mod create_product;
mod create_variant;
mod delete_product;
mod delete_variant;
mod get_category;
mod get_liveness;
mod get_product;
mod get_readiness;
mod get_variant;
mod get_variant_price;
mod head_product;
mod list_categories;
mod list_products;
mod list_variants;
mod patch_product;
mod patch_variant;
mod set_variant_price;

pub use batch_products::BatchProducts;
pub use batch_variants::BatchVariants;
pub use create_product::CreateProduct;
pub use create_variant::CreateVariant;
pub use delete_product::DeleteProduct;
pub use delete_variant::DeleteVariant;
pub use get_category::GetCategory;
pub use get_liveness::GetLiveness;
pub use get_product::GetProduct;
pub use get_readiness::GetReadiness;
pub use get_variant::GetVariant;
pub use get_variant_price::GetVariantPrice;
pub use head_product::HeadProduct;
pub use list_categories::ListCategories;
pub use list_products::ListProducts;
pub use list_variants::ListVariants;
pub use patch_product::PatchProduct;
pub use patch_variant::PatchVariant;
pub use set_variant_price::SetVariantPrice;
