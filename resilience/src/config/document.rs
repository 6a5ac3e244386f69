//! Settings as they are written, before anybody has asked what they mean.

use std::collections::BTreeMap;
use std::fmt;

use serde_core::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

/// One table of settings from a file, in any format that serde reads.
///
/// It is read without judging it, so that [`ConfigBuilder::build`](super::ConfigBuilder::build) can tell everything
/// that is wrong with it, together with what the environment says.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct File {
///     resilience: resilience::config::Document,
/// }
/// let file: File = toml::from_str("[resilience.inventory.retry]\nmax_retries = 2")?;
/// # drop(file);
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document(pub(super) Table);

pub(super) type Table = BTreeMap<String, Node>;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Table(Table),
    Value(Value),
}

/// What stands behind a key.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Switch(bool),
    Whole(i128),
    Number(f64),
    Text(String),
    /// Of a kind that no setting has: a list, or nothing at all.
    Other,
}

impl Document {
    /// Puts `value` at a key such as `retry.max_retries`, in the table `retry`.
    pub(super) fn insert(&mut self, key: &str, value: Value) {
        let Some((part, name)) = key.split_once('.') else {
            self.0.insert(key.to_owned(), Node::Value(value));
            return;
        };
        let part = self.0.entry(part.to_owned());
        if let Node::Table(part) = part.or_insert_with(|| Node::Table(Table::new())) {
            part.insert(name.to_owned(), Node::Value(value));
        }
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a setting or a table of settings")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Value(Value::Switch(value)))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Value(Value::Whole(value.into())))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Value(Value::Whole(value.into())))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Value(Value::Number(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Value(Value::Text(value.to_owned())))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        Ok(Node::Value(Value::Other))
    }

    fn visit_none<E: de::Error>(self) -> Result<Node, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        while items.next_element::<de::IgnoredAny>()?.is_some() {}
        Ok(Node::Value(Value::Other))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut table = Table::new();
        while let Some((key, node)) = entries.next_entry()? {
            table.insert(key, node);
        }
        Ok(Node::Table(table))
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        table(&self.0, serializer)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Table(inner) => table(inner, serializer),
            Self::Value(Value::Switch(value)) => serializer.serialize_bool(*value),
            Self::Value(Value::Number(value)) => serializer.serialize_f64(*value),
            Self::Value(Value::Text(value)) => serializer.serialize_str(value),
            Self::Value(Value::Whole(value)) => match i64::try_from(*value) {
                Ok(value) => serializer.serialize_i64(value),
                Err(_) => serializer.serialize_i128(*value),
            },
            Self::Value(Value::Other) => serializer.serialize_unit(),
        }
    }
}

/// Values before tables, as TOML wants them.
fn table<S: Serializer>(table: &Table, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(table.len()))?;
    let (values, tables): (Vec<_>, Vec<_>) =
        table.iter().partition(|(_, node)| matches!(node, Node::Value(_)));
    for (key, node) in values.into_iter().chain(tables) {
        map.serialize_entry(key, node)?;
    }
    map.end()
}
