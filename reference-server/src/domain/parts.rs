use super::{Check, Invalid, is_web_address};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashSet;

/// Free fields, whose meaning is the writer's. At most [`MAX_METADATA`] of them.
pub(crate) type Metadata = serde_json::Map<String, Value>;

const MAX_METADATA: usize = 100;
/// Deep enough for any use, and far from the 128 levels at which readers of JSON give up, around events and lists too.
const MAX_METADATA_DEPTH: usize = 32;
const MAX_ATTRIBUTES: usize = 100;
const MAX_IMAGES: usize = 250;
const MAX_WORDS: usize = 100;
const MAX_POSITION: u32 = 10_000;

/// A named property, such as a size or a colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attribute {
    /// 1 to 100 characters.
    pub(crate) name: String,
    /// 1 to 500 characters.
    pub(crate) value: String,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Image {
    /// An http or https address of at most 2048 characters, a URI by RFC 3986.
    pub(crate) url: String,
    /// What it shows; at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) alt: Option<String>,
    /// The place in the order of pictures, the lowest first; at most 10,000.
    pub(crate) position: u32,
}

impl Image {
    fn validate(&self) -> Result<(), Invalid> {
        let mut check = Check::new();
        check.text("url", &self.url, 1..=2048);
        check.that(
            is_web_address(&self.url),
            "url",
            "must be an http or https address, and a URI",
        );
        check.text("alt", self.alt.as_deref().unwrap_or_default(), 0..=500);
        check.that(
            self.position <= MAX_POSITION,
            "position",
            "must be between 0 and 10000",
        );
        check.finish()
    }
}

pub(super) fn check_attributes(check: &mut Check, attributes: &[Attribute]) {
    check.count("attributes", attributes, 0..=MAX_ATTRIBUTES);
    for (at, attribute) in attributes.iter().enumerate() {
        check.text(&format!("attributes[{at}].name"), &attribute.name, 1..=100);
        check.text(&format!("attributes[{at}].value"), &attribute.value, 1..=500);
    }
}

pub(super) fn check_images(check: &mut Check, images: &[Image]) {
    check.count("images", images, 0..=MAX_IMAGES);
    for (at, image) in images.iter().enumerate() {
        check.part(&format!("images[{at}]"), image.validate());
    }
}

/// Tags and search keywords.
pub(super) fn check_words(check: &mut Check, field: &str, words: &[String]) {
    check.count(field, words, 0..=MAX_WORDS);
    for (at, word) in words.iter().enumerate() {
        check.text(&format!("{field}[{at}]"), word, 1..=100);
    }
}

pub(super) fn check_metadata(check: &mut Check, metadata: &Metadata) {
    check.that(
        metadata.len() <= MAX_METADATA,
        "metadata",
        "must have at most 100 fields",
    );
    let is_shallow = metadata
        .values()
        .all(|value| has_depth(value, MAX_METADATA_DEPTH));
    check.that(is_shallow, "metadata", "must be nested at most 32 levels deep");
}

/// Whether a value has at most so many levels; a plain value has none.
fn has_depth(value: &Value, most: usize) -> bool {
    let inner = |value| has_depth(value, most - 1);
    match value {
        Value::Array(items) => most > 0 && items.iter().all(inner),
        Value::Object(fields) => most > 0 && fields.values().all(inner),
        _ => true,
    }
}

/// Leaves the first of equal items.
pub(super) fn drop_repetitions<T: Clone + Eq + std::hash::Hash>(items: &mut Vec<T>) {
    let mut seen = HashSet::with_capacity(items.len());
    items.retain(|item| seen.insert(item.clone()));
}
