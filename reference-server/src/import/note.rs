//! What was imported otherwise than it was written.

use std::fmt;

use serde::Serialize;

use super::report::Place;

/// Something that was imported, but otherwise than it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Note {
    /// Where it stands in the file.
    #[serde(flatten)]
    pub place: Place,
    /// What it is about: a product's handle, a variant's SKU, a category's id.
    pub what: String,
    /// What was done.
    pub kind: NoteKind,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: {}", self.place, self.what, self.kind)
    }
}

/// The ways in which an import reads a file otherwise than it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoteKind {
    /// The SKU was empty and was derived from the handle and the options.
    SkuDerived,
    /// The apostrophe that spreadsheets put in front of a text was taken off a SKU.
    SkuApostropheRemoved,
    /// The apostrophe that spreadsheets put in front of a text was taken off a barcode.
    BarcodeApostropheRemoved,
    /// The compare-at price was not a price above the price, and was left out.
    CompareAtIgnored,
    /// An image without an http or https address, or beyond the 250 that a product may have, was left out.
    ImageLeftOut,
    /// The text of an image was cut at 500 characters.
    ImageTextCut,
    /// A tag of more than 100 characters, or beyond the 100 that a product may have, was left out.
    TagLeftOut,
    /// An option without a name got its position as its name.
    OptionNamed,
    /// A second title for the same handle was left out: the first row's title is the product's name.
    LaterTitleIgnored,
    /// The product has neither a type nor a category, and went to the category `Uncategorised`.
    Uncategorised,
    /// The category is deeper than five levels, and the product went to its ancestor on the fifth.
    CategoryCut,
    /// Spaces around a category's name were taken off.
    CategoryNameTrimmed,
    /// The category is named only in the paths of others, and was created from there.
    AncestorCreated,
    /// Subcategories that have no entry of their own were left out.
    SubcategoriesLeftOut,
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SkuDerived => "empty SKU derived from the handle and the options",
            Self::SkuApostropheRemoved => "leading apostrophe taken off the SKU",
            Self::BarcodeApostropheRemoved => "leading apostrophe taken off the barcode",
            Self::CompareAtIgnored => "compare-at price left out: it is not a price above the price",
            Self::ImageLeftOut => "image left out: no http or https address, or one too many",
            Self::ImageTextCut => "text of an image cut at 500 characters",
            Self::TagLeftOut => "tag left out: too long, or one too many",
            Self::OptionNamed => "option without a name, named after its position",
            Self::LaterTitleIgnored => "second title for the same handle left out",
            Self::Uncategorised => "no type, put into the category Uncategorised",
            Self::CategoryCut => "category deeper than five levels, cut at the fifth",
            Self::CategoryNameTrimmed => "spaces around the category's name taken off",
            Self::AncestorCreated => "category named only in the paths of others, created from there",
            Self::SubcategoriesLeftOut => "subcategories without an entry of their own left out",
        })
    }
}
