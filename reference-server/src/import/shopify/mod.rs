//! Shopify's product CSV, the format that merchants' exports really have.
//!
//! One line per variant: the first row of a handle carries the product and, as a rule, its first variant; each further
//! row of the same handle, wherever it stands, carries another variant, an image, or both. Columns are found by their
//! names in the header line, those of Shopify's exports or of its newer template; `Handle`, `Title`, `Vendor` and
//! `Variant Price` are required, unknown ones are skipped.
//!
//! | in the file | becomes |
//! |---|---|
//! | `Title`, `Vendor`, `Body (HTML)`, `Tags` | name, brand, description (sanitised when written), tags |
//! | `Product Category`, as `A > B > C` | the category at the end of that path, created where it is missing |
//! | `Type`, when there is no `Product Category` | a root category of that name |
//! | `Published` = `false` | `INACTIVE`: it can be read, as old orders need, and not bought |
//! | `Status` = `draft`, `archived` | `DRAFT`, `INACTIVE` (an archived product can come back) |
//! | `Option1..3` | the variant's attributes; `Title` = `Default Title` means none |
//! | `Variant Price` alone | base price |
//! | `Variant Compare At Price` above it | base price, with `Variant Price` as the sale price |
//! | an empty SKU | one derived from the handle and the options, the same each time (noted) |
//! | a leading apostrophe in a SKU or barcode | taken off (noted) |
//! | a compare-at price that is not above the price | left out (noted, unless it equals the price) |
//! | a row with nothing but an image | one more image of the product |
//!
//! Refused, with line and reason: a variant without a price above zero, the later one of two variants with the same
//! SKU or, in one product, the same options, the later one of two products with the same title and vendor (a name is
//! unique within its brand, and a made-up name would be nobody's), a product without title or vendor, one that is left
//! without any variant, and a row whose number of fields is not the header's.

mod columns;
mod image;
mod price;
mod product;
mod rows;
mod sku;
mod variant;

use std::collections::HashMap;

use product_types::CurrencyCode;

use self::columns::Field;
use self::rows::Row;
use self::variant::OptionNames;
use super::draft::{Batch, ProductDraft};
use super::error::ImportError;
use super::note::{Note, NoteKind};
use super::progress::Progress;
use super::repetitions;

/// How many rows pass between two words of progress.
const ROWS_PER_PROGRESS: u64 = 100;

/// Reads the text of a CSV file, without its byte order mark. All prices are in `currency`.
///
/// # Errors
///
/// The header is not one of a product CSV, or no row follows it. Rows that are refused are in the batch's report.
pub(crate) fn read(
    source: &str,
    text: &str,
    currency: CurrencyCode,
    mut progress: impl FnMut(Progress),
) -> Result<Batch, ImportError> {
    let mut reader = Reader {
        batch: Batch::new(source),
        groups: Vec::new(),
        handles: HashMap::new(),
        currency,
    };
    rows::for_each(source, text, |row, read| {
        reader.row(row);
        if reader.batch.report.rows.is_multiple_of(ROWS_PER_PROGRESS) {
            progress(Progress::reading(read, text.len()));
        }
    })?;
    if reader.batch.report.rows == 0 {
        return Err(ImportError::malformed(
            source,
            "it has a header and no product; add rows below it",
        ));
    }
    progress(Progress::reading(text.len(), text.len()));
    Ok(reader.finish())
}

struct Reader {
    batch: Batch,
    groups: Vec<Group>,
    handles: HashMap<String, usize>,
    currency: CurrencyCode,
}

/// The rows of one handle.
struct Group {
    /// `None` when the first row was refused, and all others with it.
    product: Option<ProductDraft>,
    options: OptionNames,
}

impl Reader {
    fn row(&mut self, row: &Row<'_>) {
        self.batch.report.rows += 1;
        let handle = row.get(Field::Handle);
        if handle.is_empty() {
            let reason = "the handle is missing, which tells the product that the row belongs to";
            let label = variant::label(row);
            let what = if label.is_empty() {
                "a row".to_owned()
            } else {
                label
            };
            self.batch
                .report
                .refuse(row.place, what, Some(Field::Handle.name()), reason);
            return;
        }
        match self.handles.get(handle) {
            Some(index) => self.later_row(*index, row),
            None => {
                self.handles.insert(handle.to_owned(), self.groups.len());
                self.first_row(row);
            }
        }
    }

    fn first_row(&mut self, row: &Row<'_>) {
        let product = match row.misshapen() {
            Some(reason) => Err((None, reason)),
            None => product::read(row),
        };
        let product = product
            .map_err(|(field, reason)| {
                self.batch.report.products.refused += 1;
                self.batch
                    .report
                    .refuse(row.place, row.get(Field::Handle), field, reason);
            })
            .ok();
        self.groups.push(Group {
            product,
            options: variant::option_names(row),
        });
        if variant::is_variant(row) {
            self.variant(self.groups.len() - 1, row);
        }
    }

    fn later_row(&mut self, index: usize, row: &Row<'_>) {
        if let Some(reason) = row.misshapen() {
            self.batch
                .report
                .refuse(row.place, row.get(Field::Handle), None, reason);
            return;
        }
        if let Some(product) = &mut self.groups[index].product {
            let title = row.get(Field::Title);
            if !title.is_empty() && title != product.name {
                let kind = NoteKind::LaterTitleIgnored;
                product.notes.push(Note {
                    place: row.place,
                    what: product.handle.clone(),
                    kind,
                });
            }
            image::add_to_product(product, row);
        }
        if variant::is_variant(row) {
            self.variant(index, row);
        } else if row.get(Field::ImageSrc).is_empty() {
            let reason = "the row has neither a variant nor an image";
            self.batch
                .report
                .refuse(row.place, row.get(Field::Handle), None, reason);
        }
    }

    fn variant(&mut self, index: usize, row: &Row<'_>) {
        let Group { product, options } = &mut self.groups[index];
        let Some(product) = product else {
            self.batch.report.variants.refused += 1;
            return;
        };
        match variant::read(row, product, options, self.currency) {
            Ok(variant) => product.variants.push(variant),
            Err((field, reason)) => {
                self.batch.report.variants.refused += 1;
                self.batch
                    .report
                    .refuse(row.place, variant::label(row), field, reason);
            }
        }
    }

    fn finish(self) -> Batch {
        let Self {
            mut batch, groups, ..
        } = self;
        batch.products = groups.into_iter().filter_map(|group| group.product).collect();
        sku::derive_missing(&mut batch.products);
        repetitions::refuse(&mut batch);
        batch
    }
}
