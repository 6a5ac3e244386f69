//! A row that is a variant.

use product_types::CurrencyCode;

use super::columns::{Field, OPTIONS};
use super::product::{Refused, at_most, refused};
use super::rows::Row;
use super::{image, price};
use crate::import::draft::{ProductDraft, VariantDraft};
use crate::import::note::{Note, NoteKind};
use crate::import::{ids, limits};

/// The names of the options, which only the first row of a handle has.
pub(super) type OptionNames = [String; 3];

pub(super) fn option_names(row: &Row<'_>) -> OptionNames {
    OPTIONS.map(|(name, _)| row.get(name).to_owned())
}

/// Whether the row is a variant, rather than one more image of the product.
pub(super) fn is_variant(row: &Row<'_>) -> bool {
    let fields = [
        Field::Option1Value,
        Field::Option2Value,
        Field::Option3Value,
        Field::Sku,
        Field::Price,
    ];
    fields.into_iter().any(|field| !row.get(field).is_empty())
}

/// What a refusal calls the variant: its SKU, else its handle and options.
pub(super) fn label(row: &Row<'_>) -> String {
    let sku = row.get(Field::Sku);
    if !sku.is_empty() {
        return sku.to_owned();
    }
    let values = OPTIONS.map(|(_, value)| row.get(value));
    let values: Vec<&str> = values.into_iter().filter(|value| !value.is_empty()).collect();
    if values.is_empty() {
        return row.get(Field::Handle).to_owned();
    }
    format!("{} ({})", row.get(Field::Handle), values.join(" / "))
}

/// Reads the variant. Its SKU stays empty where the file has none.
pub(super) fn read(
    row: &Row<'_>,
    product: &ProductDraft,
    names: &OptionNames,
    currency: CurrencyCode,
) -> Result<VariantDraft, Refused> {
    let mut notes = Notes {
        row,
        what: label(row),
        notes: Vec::new(),
    };
    let sku = without_apostrophe(row.get(Field::Sku), NoteKind::SkuApostropheRemoved, &mut notes);
    at_most(Field::Sku, sku, limits::SKU)?;
    let attributes = attributes(row, names, &mut notes)?;
    let values: Vec<&str> = attributes.iter().map(|(_, value)| value.as_str()).collect();
    let id = ids::variant(&product.id, &values);
    if let Some(twin) = product.variants.iter().find(|other| other.id == id) {
        return Err(refused(
            Field::Option1Value,
            format!("{} has the same options", twin.place),
        ));
    }
    let (price, compare_at_ignored) =
        price::read(row.get(Field::Price), row.get(Field::CompareAtPrice), currency)
            .map_err(|reason| refused(Field::Price, reason))?;
    if compare_at_ignored {
        notes.push(NoteKind::CompareAtIgnored);
    }
    let barcode = without_apostrophe(
        row.get(Field::Barcode),
        NoteKind::BarcodeApostropheRemoved,
        &mut notes,
    );
    let images = image::of_variant(row, &notes.what).unwrap_or_else(|note| {
        notes.notes.push(note);
        None
    });
    Ok(VariantDraft {
        place: row.place,
        id,
        sku: sku.to_owned(),
        name: name(&values, product),
        barcode: (!barcode.is_empty()).then(|| barcode.to_owned()),
        price,
        images: images.into_iter().collect(),
        attributes,
        notes: notes.notes,
    })
}

struct Notes<'r> {
    row: &'r Row<'r>,
    what: String,
    notes: Vec<Note>,
}

impl Notes<'_> {
    fn push(&mut self, kind: NoteKind) {
        self.notes.push(Note {
            place: self.row.place,
            what: self.what.clone(),
            kind,
        });
    }
}

/// Spreadsheets keep a number a text by an apostrophe in front of it, and merchants export it along.
fn without_apostrophe<'r>(text: &'r str, kind: NoteKind, notes: &mut Notes<'_>) -> &'r str {
    match text.strip_prefix('\'') {
        Some(rest) => {
            notes.push(kind);
            rest.trim_start()
        }
        None => text,
    }
}

/// The options with their names. `Title` = `Default Title` is Shopify's way to say that there are none.
fn attributes(
    row: &Row<'_>,
    names: &OptionNames,
    notes: &mut Notes<'_>,
) -> Result<Vec<(String, String)>, Refused> {
    let mut attributes = Vec::new();
    for (index, (name_field, value_field)) in OPTIONS.into_iter().enumerate() {
        let value = row.get(value_field);
        let name = names[index].as_str();
        if value.is_empty() || (name == "Title" && value == "Default Title") {
            continue;
        }
        at_most(name_field, name, limits::ATTRIBUTE_NAME)?;
        at_most(value_field, value, limits::ATTRIBUTE_VALUE)?;
        let name = if name.is_empty() {
            notes.push(NoteKind::OptionNamed);
            format!("Option {}", index + 1)
        } else {
            name.to_owned()
        };
        attributes.push((name, value.to_owned()));
    }
    Ok(attributes)
}

/// The values of the options, as shops show them; the product's name when there are none.
fn name(values: &[&str], product: &ProductDraft) -> String {
    if values.is_empty() {
        return product.name.clone();
    }
    values.join(" / ").chars().take(limits::VARIANT_NAME).collect()
}
