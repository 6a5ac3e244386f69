//! The rules of the catalogue, without storage and without HTTP.

mod category;
mod html;
mod invalid;
mod page;
mod parts;
mod patch;
mod price;
mod product;
mod refusal;
mod timeline;
mod variant;

pub(crate) use category::{Category, CategorySummary, MAX_LEVEL, NewCategory};
pub(crate) use html::Html;
pub(crate) use invalid::{Check, Invalid, shortened};
pub(crate) use page::{Page, PageRequest};
pub(crate) use parts::{Attribute, Image, Metadata};
pub(crate) use price::{Price, SetPrice};
pub(crate) use product::{NewProduct, Product, ProductPatch};
pub(crate) use refusal::Refusal;
pub(crate) use timeline::{PriceEntry, Timeline};
pub(crate) use variant::{NewVariant, Variant, VariantPatch, VariantPrice};
