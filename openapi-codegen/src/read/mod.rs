//! From the document to the API: a strict subset is read, everything else is refused by name.

mod body;
mod constraint;
mod header;
mod keys;
mod kind;
mod model;
mod operation;
mod paged;
mod parameter;
mod path;
mod resilience;
mod response;
mod root;
mod schema;
mod security;
mod server;
mod union;
mod usage;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Model};
use crate::document::{Document, Node};
use crate::error::Error;
use crate::name;
use crate::refusal::Refusal;
use crate::target::Target;

pub(crate) use response::variant_of;

/// Reads the whole document, and reports everything that it refuses at once.
pub(crate) fn read(document: &Document, target: &Target) -> Result<Api, Error> {
    if let Some(name) = target
        .names()
        .find(|name| name::pascal(name).as_deref() != Some(name) || name::is_taken(name))
    {
        return Err(Error::name(name));
    }
    let reader = Reader {
        document,
        target,
        refusals: RefCell::default(),
        models: RefCell::default(),
        reading: RefCell::default(),
    };
    let api = reader.root();
    let refusals = reader.refusals.take();
    match api {
        Ok(api) if refusals.is_empty() => Ok(api),
        _ => Err(Error::refused(refusals)),
    }
}

/// Something was refused; it is noted already.
#[derive(Debug)]
struct Refused;

type Read<T> = Result<T, Refused>;

/// One reading of one document.
struct Reader<'d> {
    document: &'d Document,
    target: &'d Target,
    refusals: RefCell<Vec<Refusal>>,
    /// The models read so far.
    models: RefCell<BTreeMap<String, Model>>,
    /// The models whose fields are being read, so that a cycle ends.
    reading: RefCell<BTreeSet<String>>,
}

impl<'d> Reader<'d> {
    /// Notes a refusal. Reading goes on beside it, so that one run reports all there is.
    fn refuse(&self, line: usize, what: impl Into<String>, instead: impl Into<String>) -> Refused {
        let refusal = Refusal::new(self.document.file(), line, what.into(), instead.into());
        self.refusals.borrow_mut().push(refusal);
        Refused
    }

    /// The value of a key that must be there.
    fn required<'n>(&self, node: &'n Node, key: &str, owner: &str) -> Read<&'n Node> {
        node.get(key).ok_or_else(|| {
            self.refuse(
                node.line,
                format!("{owner} without `{key}`"),
                match key {
                    "x-resilience" => {
                        "add `x-resilience: { idempotency: idempotent }`, or `key`, or `none`".to_owned()
                    }
                    "security" => "add `security: []`, or the bearer token that it needs".to_owned(),
                    _ => format!("add `{key}`"),
                },
            )
        })
    }

    /// The text of a key that must be there.
    fn required_text<'n>(&self, node: &'n Node, key: &str, owner: &str) -> Read<&'n str> {
        self.text(self.required(node, key, owner)?, key)
    }

    /// The text of a key, or nothing.
    fn optional_text<'n>(&self, node: &'n Node, key: &str) -> Read<&'n str> {
        node.get(key).map_or(Ok(""), |value| self.text(value, key))
    }

    fn text<'n>(&self, node: &'n Node, key: &str) -> Read<&'n str> {
        node.as_text()
            .ok_or_else(|| self.refuse(node.line, format!("`{key}` that is not text"), "write a string"))
    }

    /// A boolean key with a default.
    fn flag(&self, node: &Node, key: &str, default: bool) -> Read<bool> {
        let Some(value) = node.get(key) else {
            return Ok(default);
        };
        value.as_bool().ok_or_else(|| {
            self.refuse(
                value.line,
                format!("`{key}` that is neither true nor false"),
                "write one of them",
            )
        })
    }

    /// Follows `$ref` into one section of the components, until there is something else.
    fn resolve(&self, node: &'d Node, section: &str) -> Read<&'d Node> {
        let mut node = node;
        for _ in 0..16 {
            let Some(reference) = node.get("$ref") else {
                return Ok(node);
            };
            self.stands_alone(node)?;
            let (_, target) = self.target_of(reference, section)?;
            node = target;
        }
        Err(self.refuse(
            node.line,
            "a `$ref` that leads round in a circle",
            "let it end at a definition",
        ))
    }

    /// Nothing beside a `$ref`: what it leads to would win or lose, tool by tool.
    fn stands_alone(&self, node: &Node) -> Read<()> {
        match node.entries().iter().find(|entry| entry.key != "$ref") {
            None => Ok(()),
            Some(entry) => {
                let what = format!("`{}` beside a `$ref`", entry.key);
                Err(self.refuse(entry.line, what, "write it where the `$ref` leads to"))
            }
        }
    }

    /// The name and the node that a `$ref` leads to.
    fn target_of(&self, reference: &'d Node, section: &str) -> Read<(&'d str, &'d Node)> {
        let text = self.text(reference, "$ref")?;
        let prefix = format!("#/components/{section}/");
        let Some(name) = text.strip_prefix(&prefix).filter(|name| !name.contains('/')) else {
            let what = format!("`$ref: {text}`");
            return Err(self.refuse(
                reference.line,
                what,
                format!("refer to `{prefix}<name>` of the same document"),
            ));
        };
        let Some(node) = self.document.component(section, name) else {
            let what = format!("`$ref: {text}`, which leads nowhere");
            return Err(self.refuse(
                reference.line,
                what,
                format!("define `{name}` under components/{section}"),
            ));
        };
        Ok((name, node))
    }
}
