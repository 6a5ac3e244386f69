//! Filling the catalogue from what merchants really have: a Shopify product CSV, and a JSON list of categories.
//!
//! An import is one transaction: it happens as a whole, with an event for each thing created, or not at all. By default
//! any refused row stops it; [`ImportOptions::keep_going`] imports the rest. Either way [`Report`] says line by line
//! what was refused and why, and what was read otherwise than it is written.
//!
//! Importing the same file again changes nothing: each id is derived from what the source calls the thing, and what is
//! there already is left as it is and counted as such, even when it was changed or deleted since. So a server may be
//! started with the same file each time.
//!
//! [`shopify`] and [`categories`] say how each format is read.

pub mod categories;
mod category_writer;
mod draft;
mod embedded;
mod error;
mod ids;
mod limits;
mod new;
mod note;
mod options;
mod progress;
mod repetitions;
mod report;
pub mod shopify;
mod source;
mod write;

pub use self::draft::{Batch, CategoryDraft, ImageDraft, PriceDraft, ProductDraft, VariantDraft};
pub use self::error::ImportError;
pub use self::note::{Note, NoteKind};
pub use self::options::{ImportOptions, PriceCurrency, UnknownCurrency};
pub use self::progress::{Listener, Phase, Progress, bar};
pub use self::report::{LISTED, Place, Refusal, Report, Tally};
pub use self::source::{MAX_BYTES, Source};

use self::source::{Document, Format};
use crate::catalogue::Catalogue;

/// Imports a source as a whole, or as much of it as the rules accept when the options say so.
///
/// # Errors
///
/// The source can't be read, part of it is refused and the import does not keep going, or the database fails. Nothing
/// is imported then.
///
/// # Cancel safety
///
/// A dropped future has imported nothing: the transaction is rolled back. Only a commit that has begun goes on.
pub(crate) async fn import(
    catalogue: &Catalogue,
    source: Source,
    options: ImportOptions,
) -> Result<Report, ImportError> {
    let reading = options.clone();
    let batch = tokio::task::spawn_blocking(move || read(source, &reading)).await;
    // A task that is not cancelled ends early only by a panic, which is passed on.
    let batch = batch.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))?;
    write::write(catalogue, batch, &options).await
}

/// Reads a source and applies the rules that need no catalogue. It blocks while it reads.
///
/// # Errors
///
/// The source can't be read, or is not in a known format. Refused rows are no error yet: they are in the batch's report.
pub fn read(source: Source, options: &ImportOptions) -> Result<Batch, ImportError> {
    let mut batches = Vec::new();
    for Document { name, format, text } in source.open()? {
        let tell = |progress| options.tell(progress);
        batches.push(match format {
            Format::ShopifyCsv => shopify::read(&name, &text, options.currency(), tell)?,
            Format::CategoriesJson => categories::read(&name, &text, tell)?,
        });
    }
    Ok(batches
        .into_iter()
        .reduce(Batch::and)
        .unwrap_or_else(|| Batch::new("")))
}
