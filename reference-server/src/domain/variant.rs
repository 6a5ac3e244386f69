use super::parts::{check_attributes, check_images};
use super::patch::{set, transition};
use super::{Attribute, Check, Image, Invalid, Price, Refusal, SetPrice};
use product_types::{
    CurrencyCode, Decimal, InventorySetup, InventoryStatus, ProductId, ProductStatus, Timestamp, VariantId,
};
use serde::Serialize;

/// What ends a line, and so cannot stand in a SKU.
const LINE_ENDS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// What is sold, as the API shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Variant {
    pub(crate) id: VariantId,
    pub(crate) product_id: ProductId,
    pub(crate) sku: String,
    pub(crate) name: String,
    pub(crate) status: ProductStatus,
    pub(crate) product_status: ProductStatus,
    /// Product and variant are ACTIVE, a price is set, and the inventory record is ready.
    pub(crate) purchasable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) price: Option<VariantPrice>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) images: Vec<Image>,
    pub(crate) inventory_status: InventoryStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) inventory_as_of: Option<Timestamp>,
    pub(crate) inventory_setup: InventorySetup,
    /// Grows by one with each change of the variant or its price.
    pub(crate) version: u64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// The price in force, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VariantPrice {
    pub(crate) amount: Decimal,
    pub(crate) currency: CurrencyCode,
    pub(crate) effective_date: Timestamp,
}

impl From<&Price> for VariantPrice {
    fn from(price: &Price) -> Self {
        Self {
            amount: price.current_price,
            currency: price.currency,
            effective_date: price.effective_date,
        }
    }
}

/// A variant to be created.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewVariant {
    /// A UUID of the caller's, or `None` for a new one.
    pub(crate) id: Option<VariantId>,
    /// 1 to 100 characters on one line, no space at either end; unique among all variants.
    pub(crate) sku: String,
    /// 1 to 255 characters.
    pub(crate) name: String,
    /// ACTIVE or DRAFT.
    pub(crate) status: ProductStatus,
    /// At most 100.
    pub(crate) attributes: Vec<Attribute>,
    /// At most 250.
    pub(crate) images: Vec<Image>,
    /// In force at once and without end, if there is one.
    pub(crate) price: Option<SetPrice>,
}

impl NewVariant {
    /// An active variant that has only what is required.
    pub(crate) fn active(sku: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: None,
            sku: sku.into(),
            name: name.into(),
            status: ProductStatus::Active,
            attributes: Vec::new(),
            images: Vec::new(),
            price: None,
        }
    }

    /// What can be told from the input alone.
    pub(crate) fn validate(&self, now: Timestamp) -> Result<(), Invalid> {
        let mut check = Check::new();
        let begins = matches!(self.status, ProductStatus::Active | ProductStatus::Draft);
        check.that(begins, "status", "must be ACTIVE or DRAFT");
        check_sku(&mut check, &self.sku);
        check_name(&mut check, &self.name);
        check_attributes(&mut check, &self.attributes);
        check_images(&mut check, &self.images);
        if let Some(price) = &self.price {
            check.part("price", price.validate(now));
            check.part("price", price.validate_as_first(now));
        }
        check.finish()
    }
}

/// A merge patch: `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct VariantPatch {
    pub(crate) sku: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) status: Option<ProductStatus>,
    pub(crate) attributes: Option<Vec<Attribute>>,
    pub(crate) images: Option<Vec<Image>>,
}

impl VariantPatch {
    /// What can be told from the patch alone.
    pub(crate) fn validate(&self) -> Result<(), Invalid> {
        let mut check = Check::new();
        if let Some(sku) = &self.sku {
            check_sku(&mut check, sku);
        }
        if let Some(name) = &self.name {
            check_name(&mut check, name);
        }
        check_attributes(&mut check, self.attributes.as_deref().unwrap_or_default());
        check_images(&mut check, self.images.as_deref().unwrap_or_default());
        check.finish()
    }
}

impl Variant {
    /// Whether it can be bought right now; its price aside, the answer follows from the other fields.
    pub(crate) fn is_purchasable(&self) -> bool {
        self.status == ProductStatus::Active
            && self.product_status == ProductStatus::Active
            && self.inventory_setup == InventorySetup::Ready
            && self.price.is_some()
    }

    /// The variant with the patch applied, and its version and times as they were.
    ///
    /// # Errors
    ///
    /// An illegal transition of the status is a conflict, everything else is invalid input.
    pub(crate) fn patched(&self, patch: VariantPatch) -> Result<Self, Refusal> {
        patch.validate()?;
        let mut next = self.clone();
        set(&mut next.sku, patch.sku);
        set(&mut next.name, patch.name);
        set(&mut next.attributes, patch.attributes);
        set(&mut next.images, patch.images);
        if let Some(status) = patch.status {
            next.status = transition(&self.status, status)?;
        }
        next.purchasable = next.is_purchasable();
        Ok(next)
    }

    /// The names of the fields that differ from `earlier`, as the API calls them.
    pub(crate) fn changed_fields(&self, earlier: &Self) -> Vec<&'static str> {
        let differs = [
            ("sku", self.sku != earlier.sku),
            ("name", self.name != earlier.name),
            ("status", self.status != earlier.status),
            ("attributes", self.attributes != earlier.attributes),
            ("images", self.images != earlier.images),
        ];
        differs
            .into_iter()
            .filter_map(|(field, differs)| differs.then_some(field))
            .collect()
    }
}

fn check_sku(check: &mut Check, sku: &str) {
    check.text("sku", sku, 1..=100);
    let is_tidy = !sku.starts_with(is_space) && !sku.ends_with(is_space) && !sku.contains(LINE_ENDS);
    check.that(is_tidy, "sku", "must be one line without spaces at its ends");
}

fn check_name(check: &mut Check, name: &str) {
    check.text("name", name, 1..=255);
}

/// A space as the document's pattern means it, which is that of ECMA-262: U+FEFF is one, U+0085 is none.
fn is_space(character: char) -> bool {
    character == '\u{feff}' || (character.is_whitespace() && character != '\u{85}')
}
