//! The rules of the catalogue, without storage and without HTTP.

mod category;
mod html;
mod invalid;
mod page;
mod parts;
mod patch;
mod price;
mod product;
mod product_input;
mod refusal;
mod timeline;
mod variant;
mod web_address;

pub(crate) use category::{Category, CategorySummary, MAX_LEVEL, NewCategory};
pub(crate) use html::Html;
pub(crate) use invalid::{Check, Invalid, shortened};
pub(crate) use page::{Page, PageRequest};
pub(crate) use parts::{Attribute, Image, Metadata};
pub(crate) use price::{Price, SetPrice};
pub(crate) use product::Product;
pub(crate) use product_input::{NewProduct, ProductPatch};
pub(crate) use refusal::Refusal;
pub(crate) use timeline::{PriceEntry, Timeline};
pub(crate) use variant::{NewVariant, Variant, VariantPatch, VariantPrice};
pub(crate) use web_address::is_web_address;
