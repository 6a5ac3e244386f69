//! What a file says, before the catalogue is asked: categories, products, variants and prices with their places.

use product_types::{CategoryId, CurrencyCode, Decimal, PriceType, ProductId, ProductStatus, VariantId};

use super::note::Note;
use super::report::{Place, Report};

/// Everything that one source holds and that the rules accept, with the report of what they refuse.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Batch {
    /// The categories, parents before their children.
    pub categories: Vec<CategoryDraft>,
    /// The products, in the order of their first rows.
    pub products: Vec<ProductDraft>,
    /// What was read and refused so far. Its notes are complete only after the import: until then they stand
    /// with what they are about, because a note about a refused product says nothing.
    pub report: Report,
}

impl Batch {
    pub(crate) fn new(source: &str) -> Self {
        Self {
            categories: Vec::new(),
            products: Vec::new(),
            report: Report::new(source),
        }
    }

    /// Joins two sources into one import, which then succeeds or fails as a whole.
    pub(super) fn and(mut self, other: Batch) -> Self {
        self.categories.extend(other.categories);
        self.products.extend(other.products);
        self.report.absorb(other.report);
        self
    }
}

/// A category to be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CategoryDraft {
    /// Where it stands in the file.
    pub place: Place,
    /// Derived from the source's own id, so that a second import recognises it.
    pub id: CategoryId,
    /// The parent's id; `None` for a root.
    pub parent: Option<CategoryId>,
    /// 1 to 100 characters.
    pub name: String,
    /// The source's own id.
    pub source_id: String,
    /// What was read otherwise than it is written.
    pub notes: Vec<Note>,
}

/// A product to be.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ProductDraft {
    /// The first row.
    pub place: Place,
    /// Derived from vendor and handle, so that a second import recognises it.
    pub id: ProductId,
    /// The source's own id.
    pub handle: String,
    /// The title, 3 to 255 characters.
    pub name: String,
    /// HTML as the file has it; sanitised when it is written.
    pub description: String,
    /// The vendor, 1 to 100 characters.
    pub brand: String,
    /// The names from the root category to the product's own, 1 to 5 of them.
    pub category: Vec<String>,
    /// In the order of the file, without repetitions.
    pub tags: Vec<String>,
    /// `ACTIVE` when published, else as [`shopify`](super::shopify) says.
    pub status: ProductStatus,
    /// In the order of the file.
    pub images: Vec<ImageDraft>,
    /// In the order of the file; at least one.
    pub variants: Vec<VariantDraft>,
    /// What was read otherwise than it is written.
    pub notes: Vec<Note>,
}

/// An image of a product or a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImageDraft {
    /// An http or https address.
    pub url: String,
    /// The text for who can't see it.
    pub alt: Option<String>,
}

/// A variant to be.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct VariantDraft {
    /// Its row.
    pub place: Place,
    /// Derived from the product's id and the options, so that a second import recognises it.
    pub id: VariantId,
    /// Unique; derived from handle and options when the file has none.
    pub sku: String,
    /// The product's name, followed by the values of the options.
    pub name: String,
    /// The options: name and value, in the file's order. Empty when the product has a single, plain variant.
    pub attributes: Vec<(String, String)>,
    /// EAN, UPC or what else the merchant uses.
    pub barcode: Option<String>,
    /// Its price.
    pub price: PriceDraft,
    /// At most one: the row's `Variant Image`.
    pub images: Vec<ImageDraft>,
    /// What was read otherwise than it is written.
    pub notes: Vec<Note>,
}

/// A price to be: `0 < sale < base`, in the currency's minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PriceDraft {
    /// The price without any reduction.
    pub base: Decimal,
    /// The reduced price, when the file has a compare-at price above the price.
    pub sale: Option<Decimal>,
    /// The import's currency; the file names none.
    pub currency: CurrencyCode,
    /// `SALE` with a sale price, else `REGULAR`.
    pub price_type: PriceType,
}
