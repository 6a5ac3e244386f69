use crate::domain::{Product, Variant};
use product_types::ProductStatus;

/// What a caller may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// Without a token, or with a role that may only read: a DRAFT does not exist.
    Public,
    /// Those who write, and services.
    All,
}

impl Visibility {
    pub(crate) fn hides_drafts(self) -> bool {
        self == Self::Public
    }

    pub(crate) fn shows_product(self, product: &Product) -> bool {
        self.shows(&product.status)
    }

    /// A variant is hidden with its product.
    pub(crate) fn shows_variant(self, variant: &Variant) -> bool {
        self.shows(&variant.status) && self.shows(&variant.product_status)
    }

    fn shows(self, status: &ProductStatus) -> bool {
        self == Self::All || *status != ProductStatus::Draft
    }
}
