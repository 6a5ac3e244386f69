use super::parts::{check_metadata, drop_repetitions};
use super::patch::{merge_metadata, set, transition};
use super::{Attribute, Check, Html, Image, Metadata, ProductPatch, Refusal};
use product_types::{CategoryId, ProductId, ProductStatus, Timestamp};
use serde::Serialize;

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

impl Product {
    /// The product with the patch applied, and its version, status and times as they were.
    ///
    /// # Errors
    ///
    /// An illegal transition of the status is a conflict, everything else is invalid input.
    pub(crate) fn patched(&self, patch: ProductPatch) -> Result<Self, Refusal> {
        patch.validate()?;
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
        next.without_repetitions();
        let mut check = Check::new();
        check_metadata(&mut check, &next.metadata);
        check.finish()?;
        if let Some(status) = patch.status {
            next.status = transition(&self.status, status)?;
        }
        Ok(next)
    }

    /// Drops categories, tags and keywords that are there already.
    pub(super) fn without_repetitions(&mut self) {
        drop_repetitions(&mut self.category_ids);
        drop_repetitions(&mut self.tags);
        drop_repetitions(&mut self.search_keywords);
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
}
