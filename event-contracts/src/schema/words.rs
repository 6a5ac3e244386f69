//! A schema as validators see it.

use serde_json::{Map, Value};

const WORDS: [&str; 6] = [
    "$id",
    "title",
    "description",
    "examples",
    "default",
    "x-known-values",
];

/// Keywords whose value maps names to schemas: a field may well be called `description`.
const NAMED: [&str; 2] = ["properties", "$defs"];

/// The schema without what it tells people alone: better documentation is not another contract.
#[must_use]
pub fn without_words(schema: Value) -> Value {
    match schema {
        Value::Object(keywords) => {
            let kept = keywords
                .into_iter()
                .filter(|(keyword, _)| !WORDS.contains(&keyword.as_str()));
            let kept: Map<_, _> = kept
                .map(|(keyword, value)| match value {
                    Value::Object(named) if NAMED.contains(&keyword.as_str()) => {
                        let named: Map<_, _> = named
                            .into_iter()
                            .map(|(name, schema)| (name, without_words(schema)))
                            .collect();
                        (keyword, named.into())
                    }
                    value => (keyword, without_words(value)),
                })
                .collect();
            kept.into()
        }
        Value::Array(schemas) => schemas.into_iter().map(without_words).collect(),
        other => other,
    }
}
