//! The lengths that `openapi/product-service.yaml` allows, in characters, and how many of a thing, as far as they can be
//! told before the catalogue is asked: it has the last word.

/// A product's name.
pub(crate) const PRODUCT_NAME: std::ops::RangeInclusive<usize> = 3..=255;
/// A brand.
pub(crate) const BRAND: usize = 100;
/// A category's name.
pub(crate) const CATEGORY_NAME: usize = 100;
/// How deep categories may be nested, the root being level 1.
pub(crate) const CATEGORY_LEVELS: usize = 5;
/// A tag.
pub(crate) const TAG: usize = 100;
/// How many tags a product has.
pub(crate) const TAGS: usize = 100;
/// A SKU.
pub(crate) const SKU: usize = 100;
/// A variant's name.
pub(crate) const VARIANT_NAME: usize = 255;
/// The name of an attribute.
pub(crate) const ATTRIBUTE_NAME: usize = 100;
/// The value of an attribute.
pub(crate) const ATTRIBUTE_VALUE: usize = 500;
/// An image's address.
pub(crate) const IMAGE_URL: usize = 2048;
/// An image's alternative text.
pub(crate) const IMAGE_ALT: usize = 500;
/// How many images a product has.
pub(crate) const IMAGES: usize = 250;
