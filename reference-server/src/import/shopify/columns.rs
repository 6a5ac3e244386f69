//! The header line: which column holds what, by name and in any order.

use csv::StringRecord;

use crate::import::error::ImportError;

/// The columns that an import reads. All others are skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Handle,
    Title,
    Vendor,
    Price,
    Body,
    Category,
    Type,
    Tags,
    Published,
    Status,
    Option1Name,
    Option1Value,
    Option2Name,
    Option2Value,
    Option3Name,
    Option3Value,
    Sku,
    CompareAtPrice,
    Barcode,
    ImageSrc,
    ImageAlt,
    VariantImage,
}

/// Each field with its names: first the one of Shopify's exports, then the one of its newer template.
const NAMES: [(Field, [&str; 2]); 22] = [
    (Field::Handle, ["Handle", "URL handle"]),
    (Field::Title, ["Title", "Title"]),
    (Field::Vendor, ["Vendor", "Vendor"]),
    (Field::Price, ["Variant Price", "Price"]),
    (Field::Body, ["Body (HTML)", "Description"]),
    (Field::Category, ["Product Category", "Product category"]),
    (Field::Type, ["Type", "Type"]),
    (Field::Tags, ["Tags", "Tags"]),
    (Field::Published, ["Published", "Published on online store"]),
    (Field::Status, ["Status", "Status"]),
    (Field::Option1Name, ["Option1 Name", "Option1 name"]),
    (Field::Option1Value, ["Option1 Value", "Option1 value"]),
    (Field::Option2Name, ["Option2 Name", "Option2 name"]),
    (Field::Option2Value, ["Option2 Value", "Option2 value"]),
    (Field::Option3Name, ["Option3 Name", "Option3 name"]),
    (Field::Option3Value, ["Option3 Value", "Option3 value"]),
    (Field::Sku, ["Variant SKU", "SKU"]),
    (
        Field::CompareAtPrice,
        ["Variant Compare At Price", "Compare-at price"],
    ),
    (Field::Barcode, ["Variant Barcode", "Barcode"]),
    (Field::ImageSrc, ["Image Src", "Product image URL"]),
    (Field::ImageAlt, ["Image Alt Text", "Image alt text"]),
    (Field::VariantImage, ["Variant Image", "Variant image URL"]),
];

/// Without these there is no product.
const REQUIRED: [Field; 4] = [Field::Handle, Field::Title, Field::Vendor, Field::Price];

/// The options of a variant, the first to the third: name and value.
pub(super) const OPTIONS: [(Field, Field); 3] = [
    (Field::Option1Name, Field::Option1Value),
    (Field::Option2Name, Field::Option2Value),
    (Field::Option3Name, Field::Option3Value),
];

impl Field {
    /// The column's name in Shopify's exports.
    pub(super) fn name(self) -> &'static str {
        NAMES[self as usize].1[0]
    }
}

/// Where each field stands in a row.
#[derive(Debug)]
pub(super) struct Columns {
    positions: [Option<usize>; NAMES.len()],
    count: usize,
}

impl Columns {
    /// Finds the columns in the header line, or says in one line what is wrong with it.
    pub(super) fn find(source: &str, header: &StringRecord) -> Result<Self, ImportError> {
        let mut positions = [None; NAMES.len()];
        for (position, name) in header.iter().enumerate() {
            let name = name.trim();
            let Some((field, _)) = NAMES
                .iter()
                .find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(name)))
            else {
                continue;
            };
            if positions[*field as usize].replace(position).is_some() {
                let problem = format!("its first line names the column “{name}” twice; keep one of them");
                return Err(ImportError::malformed(source, problem));
            }
        }
        let missing: Vec<String> = REQUIRED
            .iter()
            .filter(|field| positions[**field as usize].is_none())
            .map(|field| format!("“{}”", field.name()))
            .collect();
        if missing.is_empty() {
            return Ok(Self {
                positions,
                count: header.len(),
            });
        }
        let advice = if header.len() == 1 && header.iter().any(|name| name.contains([';', '\t'])) {
            "its columns are not separated by commas; save it as a comma-separated CSV"
        } else {
            "export the products from Shopify as CSV, or add the columns"
        };
        let problem = format!(
            "its first line is not the header of a Shopify product CSV (missing: {}); {advice}",
            missing.join(", ")
        );
        Err(ImportError::malformed(source, problem))
    }

    /// How many fields the header has, and so every row.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// What a row has in a column, without the blanks around it; empty when there is no such column.
    pub(super) fn get<'r>(&self, record: &'r StringRecord, field: Field) -> &'r str {
        self.positions[field as usize]
            .and_then(|position| record.get(position))
            .unwrap_or_default()
            .trim()
    }
}

#[cfg(test)]
mod tests {
    use super::NAMES;

    #[test]
    fn the_table_of_names_is_in_the_order_of_the_fields() {
        for (index, (field, _)) in NAMES.iter().enumerate() {
            assert_eq!(*field as usize, index, "{field:?}");
        }
    }
}
