//! The import, on fixtures that have the shapes, and the defects, of real shops' files.

mod catalogue;
mod categories;
mod products;
mod random_damage;
mod report;
mod sources;
mod variants;

use reference_server::import::{Batch, ImportOptions, NoteKind, Source, read};

/// The columns that the fixtures use, fewer than an export has and in another order.
const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,\
                      Variant SKU,Variant Price,Variant Compare At Price,Variant Barcode,Image Src";

/// A CSV of the header and these rows, each on lines of its own: the first row is on line 2.
fn shop(rows: &[&str]) -> String {
    let mut text = String::from(HEADER);
    for row in rows {
        text.push('\n');
        text.push_str(row);
    }
    text
}

#[track_caller]
fn read_shop(rows: &[&str]) -> Batch {
    read_text("shop.csv", &shop(rows))
}

#[track_caller]
fn read_text(name: &str, text: &str) -> Batch {
    read(Source::bytes(name, text), &ImportOptions::default()).expect("it can be read")
}

/// The refusals, each as the line that people read.
fn refusals(batch: &Batch) -> Vec<String> {
    batch.report.refusals.iter().map(ToString::to_string).collect()
}

/// The notes of the products and variants that were accepted: line and kind.
fn notes(batch: &Batch) -> Vec<(u64, NoteKind)> {
    let mut notes: Vec<_> = batch
        .products
        .iter()
        .flat_map(|product| {
            product
                .notes
                .iter()
                .chain(product.variants.iter().flat_map(|variant| &variant.notes))
        })
        .map(|note| (note.place.line, note.kind))
        .collect();
    notes.sort_unstable();
    notes
}
