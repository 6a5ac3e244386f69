use super::parts::{check_attributes, check_images, check_metadata, check_words, without_repetitions};
use super::patch::{merge_metadata, set, transition};
use super::{Attribute, Check, Html, Image, Invalid, Metadata, NewVariant, Refusal};
use product_types::{CategoryId, ProductId, ProductStatus, Timestamp};
use serde::Serialize;
use std::collections::HashSet;

const MAX_DESCRIPTION: usize = 10_000;
const MAX_SHORT_DESCRIPTION: usize = 500;

/// A product as the API shows it, without its variants.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Product {
    pub(crate) id: ProductId,
    pub(crate) name: String,
    pub(crate) description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) short_description: Option<String>,
    pub(crate) brand: String,
    pub(crate) category_ids: Vec<CategoryId>,
    pub(crate) tags: Vec<String>,
    pub(crate) status: ProductStatus,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) images: Vec<Image>,
    pub(crate) search_keywords: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) country_of_origin: Option<String>,
    pub(crate) is_hazardous_material: bool,
    pub(crate) average_rating: Option<f64>,
    pub(crate) review_count: u32,
    pub(crate) metadata: Metadata,
    /// Grows by one with each change.
    pub(crate) version: u64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

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

    /// The product as it begins, at version 1, and its variants.
    ///
    /// # Errors
    ///
    /// What can be told from the input alone, the variants' problems included.
    pub(crate) fn into_product(
        self,
        id: ProductId,
        now: Timestamp,
    ) -> Result<(Product, Vec<NewVariant>), Invalid> {
        let product = Product {
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
        let mut check = Check::new();
        check.that(product.status.is_known(), "status", "is not a known status");
        check_variants(&mut check, &self.variants, now);
        let product = product.checked(check)?;
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

impl Product {
    /// The product with the patch applied, and its version, status and times as they were.
    ///
    /// # Errors
    ///
    /// An illegal transition of the status is a conflict, everything else is invalid input.
    pub(crate) fn patched(&self, patch: ProductPatch) -> Result<Self, Refusal> {
        let mut next = self.clone();
        set(&mut next.name, patch.name);
        set(&mut next.description, patch.description.map(Html::into_string));
        let short_description = patch.short_description;
        set(
            &mut next.short_description,
            short_description.map(|html| html.map(Html::into_string)),
        );
        set(&mut next.brand, patch.brand);
        set(&mut next.category_ids, patch.category_ids);
        set(&mut next.tags, patch.tags);
        set(&mut next.attributes, patch.attributes);
        set(&mut next.images, patch.images);
        set(&mut next.search_keywords, patch.search_keywords);
        set(&mut next.country_of_origin, patch.country_of_origin);
        set(&mut next.is_hazardous_material, patch.is_hazardous_material);
        merge_metadata(&mut next.metadata, patch.metadata);
        let mut next = next.checked(Check::new())?;
        if let Some(status) = patch.status {
            next.status = transition(&self.status, status)?;
        }
        Ok(next)
    }

    /// The names of the fields that differ from `earlier`, as the API calls them; the status is not among them,
    /// because its change is told by an event of its own.
    pub(crate) fn changed_fields(&self, earlier: &Self) -> Vec<&'static str> {
        let differs = [
            ("name", self.name != earlier.name),
            ("description", self.description != earlier.description),
            (
                "shortDescription",
                self.short_description != earlier.short_description,
            ),
            ("brand", self.brand != earlier.brand),
            ("categories", self.category_ids != earlier.category_ids),
            ("tags", self.tags != earlier.tags),
            ("attributes", self.attributes != earlier.attributes),
            ("images", self.images != earlier.images),
            ("searchKeywords", self.search_keywords != earlier.search_keywords),
            (
                "countryOfOrigin",
                self.country_of_origin != earlier.country_of_origin,
            ),
            (
                "isHazardousMaterial",
                self.is_hazardous_material != earlier.is_hazardous_material,
            ),
            ("metadata", self.metadata != earlier.metadata),
        ];
        differs
            .into_iter()
            .filter_map(|(field, differs)| differs.then_some(field))
            .collect()
    }

    /// Checks every field, and drops repetitions.
    fn checked(mut self, mut check: Check) -> Result<Self, Invalid> {
        check.text("name", &self.name, 3..=255);
        check.text("description", &self.description, 0..=MAX_DESCRIPTION);
        let short = self.short_description.as_deref().unwrap_or_default();
        check.text("shortDescription", short, 0..=MAX_SHORT_DESCRIPTION);
        check.text("brand", &self.brand, 1..=100);
        check.count("categoryIds", &self.category_ids, 1..=50);
        check_words(&mut check, "tags", &self.tags);
        check_attributes(&mut check, &self.attributes);
        check_images(&mut check, &self.images);
        check_words(&mut check, "searchKeywords", &self.search_keywords);
        if let Some(country) = &self.country_of_origin {
            let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
            check.that(is_code, "countryOfOrigin", "must be two capital letters");
        }
        check_metadata(&mut check, &self.metadata);
        check.finish()?;
        self.category_ids = without_repetitions(self.category_ids);
        self.tags = without_repetitions(self.tags);
        self.search_keywords = without_repetitions(self.search_keywords);
        Ok(self)
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
