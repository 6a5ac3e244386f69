use crate::domain::{NewProduct, ProductPatch};
use crate::http::fields::{Fields, FromFields};
use product_types::ProductStatus;

/// Characters of the description as it comes; the domain looks at it again once it is sanitised.
const DESCRIPTION: usize = 10_000;
/// The same of the short description.
const SHORT_DESCRIPTION: usize = 500;

impl FromFields for NewProduct {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required("name");
        let description = fields.html("description", DESCRIPTION);
        let short_description = fields.html("shortDescription", SHORT_DESCRIPTION);
        let brand = fields.required("brand");
        let category_ids = fields.required("categoryIds");
        let tags = fields.optional("tags");
        let attributes = fields.optional("attributes");
        let images = fields.optional("images");
        let search_keywords = fields.optional("searchKeywords");
        let country_of_origin = fields.optional("countryOfOrigin");
        let is_hazardous_material = fields.optional("isHazardousMaterial");
        let metadata = fields.optional("metadata");
        let variants = fields.optional("variants");
        Some(Self {
            id: None,
            name: name?,
            description: description.unwrap_or_default(),
            short_description,
            brand: brand?,
            category_ids: category_ids?,
            tags: tags.unwrap_or_default(),
            status: ProductStatus::Draft,
            attributes: attributes.unwrap_or_default(),
            images: images.unwrap_or_default(),
            search_keywords: search_keywords.unwrap_or_default(),
            country_of_origin,
            is_hazardous_material: is_hazardous_material.unwrap_or(false),
            metadata: metadata.unwrap_or_default(),
            variants: variants.unwrap_or_default(),
        })
    }
}

impl FromFields for ProductPatch {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            name: fields.optional("name"),
            description: fields.html("description", DESCRIPTION),
            short_description: fields.nullable_html("shortDescription", SHORT_DESCRIPTION),
            brand: fields.optional("brand"),
            category_ids: fields.optional("categoryIds"),
            tags: fields.optional("tags"),
            status: fields.optional("status"),
            attributes: fields.optional("attributes"),
            images: fields.optional("images"),
            search_keywords: fields.optional("searchKeywords"),
            country_of_origin: fields.nullable("countryOfOrigin"),
            is_hazardous_material: fields.optional("isHazardousMaterial"),
            metadata: fields.optional("metadata"),
        })
    }
}
