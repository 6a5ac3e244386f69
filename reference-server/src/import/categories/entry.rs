//! The entries of the list, each read on its own, so that one bad entry does not hide the others.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::import::error::ImportError;
use crate::import::report::{Place, Report};

/// One entry, with its place in the file.
pub(super) struct Entry {
    pub(super) place: Place,
    pub(super) body: Body,
}

/// What an entry says.
#[derive(Deserialize)]
pub(super) struct Body {
    pub(super) id: String,
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) path: Vec<Named>,
    #[serde(default, rename = "subCategories")]
    pub(super) subcategories: Vec<Named>,
}

/// A category as another one names it.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) name: Option<String>,
}

/// Reads the list; entries that are no category are refused in the report.
pub(super) fn read(source: &str, text: &str, report: &mut Report) -> Result<Vec<Entry>, ImportError> {
    let list: Vec<&RawValue> = serde_json::from_str(text).map_err(|cause| broken(source, cause))?;
    if list.is_empty() {
        return Err(ImportError::malformed(
            source,
            "it is an empty list; give it at least one category",
        ));
    }
    let mut entries = Vec::with_capacity(list.len());
    let (mut line, mut offset) = (1, 0);
    for (index, raw) in list.into_iter().enumerate() {
        report.rows += 1;
        // The entry borrows from the text, so the distance of the two addresses is its offset.
        let start = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let passed = text.as_bytes().get(offset..start).unwrap_or_default();
        line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        offset = start;
        let place = Place::entry(index as u64 + 1, line);
        match serde_json::from_str(raw.get()) {
            Ok(body) => entries.push(Entry { place, body }),
            Err(cause) => {
                report.categories.refused += 1;
                report.refuse(
                    place,
                    "an entry",
                    None,
                    format!("it is not a category: {}", without_place(&cause)),
                );
            }
        }
    }
    Ok(entries)
}

fn broken(source: &str, cause: serde_json::Error) -> ImportError {
    let problem = if cause.is_data() {
        "it is not a list of categories; it must begin with “[”".to_owned()
    } else {
        let (line, column) = (cause.line(), cause.column());
        format!("it is not valid JSON at line {line}, column {column}; mend it there")
    };
    ImportError::malformed_because(source, problem, cause)
}

/// What serde found, without the line and column inside the entry, which would pass for those of the file.
fn without_place(cause: &serde_json::Error) -> String {
    let text = cause.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}
