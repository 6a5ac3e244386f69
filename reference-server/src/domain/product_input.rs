use super::parts::{check_attributes, check_images, check_metadata, check_words};
use super::{Attribute, Check, Html, Image, Invalid, Metadata, NewVariant, Product};
use product_types::{CategoryId, ProductId, ProductStatus, Timestamp};
use std::collections::HashSet;

const MAX_DESCRIPTION: usize = 10_000;
const MAX_SHORT_DESCRIPTION: usize = 500;

/// A product to be created, with its first variants.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewProduct {
    /// A UUID of the caller's, or `None` for a new one.
    pub(crate) id: Option<ProductId>,
    /// 3 to 255 characters, unique within the brand.
    pub(crate) name: String,
    /// At most 10,000 characters once it is sanitised.
    pub(crate) description: Html,
    /// At most 500 characters once it is sanitised.
    pub(crate) short_description: Option<Html>,
    /// 1 to 100 characters.
    pub(crate) brand: String,
    /// 1 to 50 categories that exist. A repetition is dropped.
    pub(crate) category_ids: Vec<CategoryId>,
    /// At most 100 of at most 100 characters. A repetition is dropped.
    pub(crate) tags: Vec<String>,
    /// Any status but an unknown one; the HTTP interface creates only drafts.
    pub(crate) status: ProductStatus,
    /// At most 100.
    pub(crate) attributes: Vec<Attribute>,
    /// At most 250.
    pub(crate) images: Vec<Image>,
    /// At most 100 of at most 100 characters. A repetition is dropped.
    pub(crate) search_keywords: Vec<String>,
    /// Two capital letters.
    pub(crate) country_of_origin: Option<String>,
    pub(crate) is_hazardous_material: bool,
    pub(crate) metadata: Metadata,
    /// At most 250.
    pub(crate) variants: Vec<NewVariant>,
}

impl NewProduct {
    /// A draft that has only what is required.
    pub(crate) fn draft(
        name: impl Into<String>,
        brand: impl Into<String>,
        category_ids: Vec<CategoryId>,
    ) -> Self {
        Self {
            id: None,
            name: name.into(),
            description: Html::default(),
            short_description: None,
            brand: brand.into(),
            category_ids,
            tags: Vec::new(),
            status: ProductStatus::Draft,
            attributes: Vec::new(),
            images: Vec::new(),
            search_keywords: Vec::new(),
            country_of_origin: None,
            is_hazardous_material: false,
            metadata: Metadata::new(),
            variants: Vec::new(),
        }
    }

    /// What can be told from the input alone, the variants' problems included.
    pub(crate) fn validate(&self, now: Timestamp) -> Result<(), Invalid> {
        let mut check = Check::new();
        check.that(self.status.is_known(), "status", "is not a known status");
        check_variants(&mut check, &self.variants, now);
        let content = Content {
            name: Some(&self.name),
            description: Some(&self.description),
            short_description: self.short_description.as_ref(),
            brand: Some(&self.brand),
            category_ids: Some(&self.category_ids),
            tags: &self.tags,
            attributes: &self.attributes,
            images: &self.images,
            search_keywords: &self.search_keywords,
            country_of_origin: self.country_of_origin.as_deref(),
            metadata: Some(&self.metadata),
        };
        content.check(&mut check);
        check.finish()
    }

    /// The product as it begins, at version 1, and its variants.
    ///
    /// # Errors
    ///
    /// Those of [`validate`](Self::validate).
    pub(crate) fn into_product(
        self,
        id: ProductId,
        now: Timestamp,
    ) -> Result<(Product, Vec<NewVariant>), Invalid> {
        self.validate(now)?;
        let mut product = Product {
            id,
            name: self.name,
            description: self.description.into_string(),
            short_description: self.short_description.map(Html::into_string),
            brand: self.brand,
            category_ids: self.category_ids,
            tags: self.tags,
            status: self.status,
            attributes: self.attributes,
            images: self.images,
            search_keywords: self.search_keywords,
            country_of_origin: self.country_of_origin,
            is_hazardous_material: self.is_hazardous_material,
            average_rating: None,
            review_count: 0,
            metadata: self.metadata,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        product.without_repetitions();
        Ok((product, self.variants))
    }
}

/// A merge patch: `None` leaves a field as it is, and `Some(None)` removes an optional one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ProductPatch {
    pub(crate) name: Option<String>,
    pub(crate) description: Option<Html>,
    pub(crate) short_description: Option<Option<Html>>,
    pub(crate) brand: Option<String>,
    pub(crate) category_ids: Option<Vec<CategoryId>>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) status: Option<ProductStatus>,
    pub(crate) attributes: Option<Vec<Attribute>>,
    pub(crate) images: Option<Vec<Image>>,
    pub(crate) search_keywords: Option<Vec<String>>,
    pub(crate) country_of_origin: Option<Option<String>>,
    pub(crate) is_hazardous_material: Option<bool>,
    /// A merge patch itself: a key with `null` is removed, the others are set.
    pub(crate) metadata: Option<Metadata>,
}

impl ProductPatch {
    /// What can be told from the patch alone.
    pub(crate) fn validate(&self) -> Result<(), Invalid> {
        let mut check = Check::new();
        let content = Content {
            name: self.name.as_deref(),
            description: self.description.as_ref(),
            short_description: self.short_description.as_ref().and_then(Option::as_ref),
            brand: self.brand.as_deref(),
            category_ids: self.category_ids.as_deref(),
            tags: self.tags.as_deref().unwrap_or_default(),
            attributes: self.attributes.as_deref().unwrap_or_default(),
            images: self.images.as_deref().unwrap_or_default(),
            search_keywords: self.search_keywords.as_deref().unwrap_or_default(),
            country_of_origin: self.country_of_origin.as_ref().and_then(Option::as_deref),
            metadata: self.metadata.as_ref(),
        };
        content.check(&mut check);
        check.finish()
    }
}

/// What an input says of a product; a field that is not given breaks no rule.
struct Content<'a> {
    name: Option<&'a str>,
    description: Option<&'a Html>,
    short_description: Option<&'a Html>,
    brand: Option<&'a str>,
    category_ids: Option<&'a [CategoryId]>,
    tags: &'a [String],
    attributes: &'a [Attribute],
    images: &'a [Image],
    search_keywords: &'a [String],
    country_of_origin: Option<&'a str>,
    metadata: Option<&'a Metadata>,
}

impl Content<'_> {
    fn check(&self, check: &mut Check) {
        if let Some(name) = self.name {
            check.text("name", name, 3..=255);
        }
        check_html(check, "description", self.description, MAX_DESCRIPTION);
        check_html(
            check,
            "shortDescription",
            self.short_description,
            MAX_SHORT_DESCRIPTION,
        );
        if let Some(brand) = self.brand {
            check.text("brand", brand, 1..=100);
        }
        if let Some(ids) = self.category_ids {
            check.count("categoryIds", ids, 1..=50);
        }
        check_words(check, "tags", self.tags);
        check_attributes(check, self.attributes);
        check_images(check, self.images);
        check_words(check, "searchKeywords", self.search_keywords);
        if let Some(country) = self.country_of_origin {
            let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
            check.that(is_code, "countryOfOrigin", "must be two capital letters");
        }
        if let Some(metadata) = self.metadata {
            check_metadata(check, metadata);
        }
    }
}

/// The limit is on what is kept, so that whatever was read can be sent back.
fn check_html(check: &mut Check, field: &str, html: Option<&Html>, most: usize) {
    if html.is_some_and(|html| html.characters() > most) {
        let problem =
            format!("must have at most {most} characters once it is sanitised and & is written &amp;");
        check.refuse(field, problem);
    }
}

fn check_variants(check: &mut Check, variants: &[NewVariant], now: Timestamp) {
    check.count("variants", variants, 0..=250);
    let mut skus = HashSet::with_capacity(variants.len());
    for (at, variant) in variants.iter().enumerate() {
        check.part(&format!("variants[{at}]"), variant.validate(now));
        if !skus.insert(&variant.sku) {
            check.refuse(format!("variants[{at}].sku"), "is repeated in this product");
        }
    }
}
