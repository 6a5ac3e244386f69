use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// How many problems are told at most, as the API documents.
const MOST_PROBLEMS: usize = 100;

/// How many characters of a field's name are told; every name that the API knows is shorter.
const LONGEST_NAME: usize = 200;

/// What is wrong with which field of an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Invalid {
    details: BTreeMap<String, String>,
}

impl Invalid {
    /// One field, one problem. The message completes the sentence "the field …".
    pub(crate) fn one(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            details: BTreeMap::from([(field.into(), message.into())]),
        }
    }

    /// The problems, by field: `name`, `variants[0].sku`, `price.basePrice`.
    pub(crate) fn details(&self) -> &BTreeMap<String, String> {
        &self.details
    }

    /// Hands the problems over.
    pub(crate) fn into_details(self) -> BTreeMap<String, String> {
        self.details
    }
}

/// Collects every problem of an input, so that the caller learns all of them at once.
#[derive(Debug, Default)]
pub(crate) struct Check {
    found: Invalid,
}

impl Check {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Notes a problem. The first problem of a field is the one that is told, and the first hundred fields are.
    pub(crate) fn refuse(&mut self, field: impl Into<String>, message: impl Into<String>) {
        if self.found.details.len() >= MOST_PROBLEMS {
            return;
        }
        self.found
            .details
            .entry(shortened(&field.into()).into_owned())
            .or_insert_with(|| message.into());
    }

    /// Notes a problem unless `holds`.
    pub(crate) fn that(&mut self, holds: bool, field: &str, message: &str) {
        if !holds {
            self.refuse(field, message);
        }
    }

    /// The length of a text in characters, not bytes.
    pub(crate) fn text(&mut self, field: &str, text: &str, characters: RangeInclusive<usize>) {
        if !characters.contains(&text.chars().count()) {
            self.refuse(field, bounds(&characters, "characters"));
        }
    }

    /// How many items a list has.
    pub(crate) fn count<T>(&mut self, field: &str, items: &[T], allowed: RangeInclusive<usize>) {
        if !allowed.contains(&items.len()) {
            self.refuse(field, bounds(&allowed, "items"));
        }
    }

    /// Takes over the problems of a part, each behind the part's own name.
    pub(crate) fn part(&mut self, prefix: &str, part: Result<(), Invalid>) {
        if let Err(invalid) = part {
            for (field, message) in invalid.details {
                self.refuse(format!("{prefix}.{field}"), message);
            }
        }
    }

    /// All problems, or none.
    pub(crate) fn finish(self) -> Result<(), Invalid> {
        if self.found.details.is_empty() {
            Ok(())
        } else {
            Err(self.found)
        }
    }
}

/// A name that the caller has chosen, for a message: at most [`LONGEST_NAME`] characters of it.
pub(crate) fn shortened(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(LONGEST_NAME) {
        None => Cow::Borrowed(name),
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
    }
}

fn bounds(allowed: &RangeInclusive<usize>, unit: &str) -> String {
    let (least, most) = (*allowed.start(), *allowed.end());
    if least == 0 {
        format!("must have at most {most} {unit}")
    } else if least == most {
        format!("must have exactly {most} {unit}")
    } else {
        format!("must have {least} to {most} {unit}")
    }
}
