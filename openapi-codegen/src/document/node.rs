//! A document's tree with the line of every node.

use std::collections::BTreeSet;

use saphyr::{MarkedYaml, Scalar, YamlData};
use serde_json::{Number, Value};

use super::load::{MAX_DEPTH, TOO_DEEP};

/// One node, with the line on which it starts.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) line: usize,
    pub(crate) data: Data,
}

/// What a node holds.
#[derive(Debug, PartialEq)]
pub(crate) enum Data {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One key of a mapping with its value, in the document's order.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) line: usize,
    pub(crate) value: Node,
}

/// A node that no OpenAPI document may hold: its line, and what is wrong with it.
pub(crate) type Misfit = (usize, &'static str);

impl Node {
    pub(crate) fn from_yaml(yaml: &MarkedYaml<'_>) -> Result<Self, Misfit> {
        Self::at_depth(yaml, 0)
    }

    fn at_depth(yaml: &MarkedYaml<'_>, depth: usize) -> Result<Self, Misfit> {
        let line = yaml.span.start.line();
        if depth > MAX_DEPTH {
            return Err((line, TOO_DEEP));
        }
        let data = match &yaml.data {
            YamlData::Value(scalar) => Data::from_scalar(scalar),
            YamlData::Sequence(items) => Data::List(
                items
                    .iter()
                    .map(|item| Self::at_depth(item, depth + 1))
                    .collect::<Result<_, _>>()?,
            ),
            YamlData::Mapping(entries) => {
                let entries: Vec<Entry> = entries
                    .iter()
                    .map(|(key, value)| {
                        let line = key.span.start.line();
                        let value = Self::at_depth(value, depth + 1)?;
                        Ok(Entry {
                            key: key_text(key)?,
                            line,
                            value,
                        })
                    })
                    .collect::<Result<_, _>>()?;
                // `200` and `'200'` are two keys of YAML, and one of OpenAPI.
                let mut seen = BTreeSet::new();
                match entries.iter().find(|entry| !seen.insert(entry.key.as_str())) {
                    Some(twice) => return Err((twice.line, "a key that stands twice")),
                    None => Data::Map(entries),
                }
            }
            YamlData::Tagged(..) => return Err((line, "a YAML tag")),
            _ => return Err((line, "a value that YAML can't resolve")),
        };
        Ok(Self { line, data })
    }

    /// The value of `key`, when this is a mapping that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// The entries of a mapping; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.data {
            Data::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn as_integer(&self) -> Option<i64> {
        match self.data {
            Data::Integer(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn is_map(&self) -> bool {
        matches!(self.data, Data::Map(_))
    }

    pub(crate) fn to_json(&self) -> Value {
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Integer(value) => Value::from(*value),
            Data::Float(value) => Number::from_f64(*value).map_or(Value::Null, Value::Number),
            Data::Text(text) => Value::from(text.as_str()),
            Data::List(items) => items.iter().map(Self::to_json).collect(),
            Data::Map(entries) => entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.value.to_json()))
                .collect(),
        }
    }
}

/// Two nodes are equal when they say the same, wherever they stand.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.data == other.data
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.value == other.value
    }
}

impl Data {
    fn from_scalar(scalar: &Scalar<'_>) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Boolean(value) => Self::Bool(*value),
            Scalar::Integer(value) => Self::Integer(*value),
            Scalar::FloatingPoint(value) => Self::Float(value.into_inner()),
            Scalar::String(text) => Self::Text(text.clone().into_owned()),
        }
    }
}

/// A key as text. A status code that someone forgot to quote reads as if it were quoted.
fn key_text(key: &MarkedYaml<'_>) -> Result<String, Misfit> {
    match &key.data {
        YamlData::Value(Scalar::String(text)) if text == "<<" => {
            Err((key.span.start.line(), "a merge key (`<<`)"))
        }
        YamlData::Value(Scalar::String(text)) => Ok(text.clone().into_owned()),
        YamlData::Value(Scalar::Integer(number)) => Ok(number.to_string()),
        _ => Err((key.span.start.line(), "a key that is not text")),
    }
}
