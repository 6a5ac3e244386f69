//! A JSON list of categories.
//!
//! Each entry has an `id`, a `name`, the `path` of ids and names from the root down to itself, and the
//! `subCategories` that its page links to; unknown keys are skipped. The path alone tells where a category stands,
//! because shops link one category from several others. Entries may stand in any order.
//!
//! | in the file | becomes |
//! |---|---|
//! | an entry without `path` | a root |
//! | an ancestor that is named in paths only | a category, created from there (noted) |
//! | subcategories without an entry of their own | nothing: a link alone does not place them (noted, once) |
//! | blanks around a name | taken off (noted) |
//!
//! Refused, with the number of the entry and its line: a category on the sixth level or deeper, one without a name or
//! with a name of more than 100 characters, the later one of two with the same id, or with the same parent and name, one
//! whose path does not end in itself or differs from its parent's, and every category below a refused one.

mod entry;
mod tree;

use super::draft::Batch;
use super::error::ImportError;
use super::progress::Progress;

/// Reads the text of a JSON file, without its byte order mark.
///
/// # Errors
///
/// The text is not JSON, or not a list, or an empty one. Entries that are refused are in the batch's report.
pub(crate) fn read(
    source: &str,
    text: &str,
    mut progress: impl FnMut(Progress),
) -> Result<Batch, ImportError> {
    let mut batch = Batch::new(source);
    let entries = entry::read(source, text, &mut batch.report)?;
    tree::grow(entries, &mut batch);
    progress(Progress::reading(text.len(), text.len()));
    Ok(batch)
}
