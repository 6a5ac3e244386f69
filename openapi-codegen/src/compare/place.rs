//! A node of one of the documents, with where it stands.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::change::Side;
use crate::document::{Data, Document, Entry, Node};

/// One of the two documents, and which of its components something refers to.
pub(super) struct Origin<'d> {
    pub(super) side: Side,
    pub(super) document: &'d Document,
    /// By pointer: documents refer to their components far too often to search for each.
    components: BTreeMap<String, &'d Entry>,
    reached: RefCell<BTreeSet<String>>,
}

impl<'d> Origin<'d> {
    pub(super) fn new(side: Side, document: &'d Document) -> Self {
        let mut components = BTreeMap::new();
        for section in document.root().get("components").map_or(&[][..], Node::entries) {
            for entry in section.value.entries() {
                let pointer = format!("/components/{}/{}", escaped(&section.key), escaped(&entry.key));
                components.insert(pointer, entry);
            }
        }
        Self {
            side,
            document,
            components,
            reached: RefCell::default(),
        }
    }

    pub(super) fn root(&'d self) -> Place<'d> {
        Place {
            origin: self,
            node: self.document.root(),
            pointer: String::new(),
            line: self.document.root().line,
        }
    }

    fn component(&'d self, pointer: &str, entry: &'d Entry) -> Place<'d> {
        Place {
            origin: self,
            node: &entry.value,
            pointer: pointer.to_owned(),
            line: entry.line,
        }
    }

    /// Whether something refers to this place or to a part of it.
    pub(super) fn has_reached(&self, pointer: &str) -> bool {
        let reached = self.reached.borrow();
        let part = |one: &String| one == pointer || one.starts_with(&format!("{pointer}/"));
        reached
            .range(pointer.to_owned()..)
            .take_while(|one| one.starts_with(pointer))
            .any(part)
    }

    /// The place that `pointer` names; whoever asks for it uses it.
    pub(super) fn at(&'d self, pointer: &str) -> Option<Place<'d>> {
        let end = pointer
            .match_indices('/')
            .nth(3)
            .map_or(pointer.len(), |(at, _)| at);
        let (mut place, rest) = match self.components.get(&pointer[..end]) {
            Some(entry) => (self.component(&pointer[..end], entry), &pointer[end..]),
            None => (self.root(), pointer),
        };
        for token in rest.split('/').skip(1) {
            place = place.child(&unescaped(token))?;
        }
        self.reached.borrow_mut().insert(place.pointer.clone());
        Some(place)
    }
}

/// A node of one of the documents.
#[derive(Clone)]
pub(super) struct Place<'d> {
    pub(super) origin: &'d Origin<'d>,
    pub(super) node: &'d Node,
    pub(super) pointer: String,
    pub(super) line: usize,
}

impl<'d> Place<'d> {
    /// The value of a key, or the item with that number.
    pub(super) fn child(&self, key: &str) -> Option<Self> {
        match &self.node.data {
            Data::List(items) => {
                let number = key.parse().ok()?;
                Some(self.item(number, items.get(number)?))
            }
            _ => {
                let mut entries = self.node.entries().iter();
                entries
                    .find(|entry| entry.key == key)
                    .map(|entry| self.value(entry))
            }
        }
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&'d str, Self)> + '_ {
        self.node
            .entries()
            .iter()
            .map(|entry| (entry.key.as_str(), self.value(entry)))
    }

    pub(super) fn items(&self) -> Vec<Self> {
        let items = self.node.items().iter().enumerate();
        items.map(|(number, node)| self.item(number, node)).collect()
    }

    fn value(&self, entry: &'d Entry) -> Self {
        Self {
            origin: self.origin,
            node: &entry.value,
            pointer: format!("{}/{}", self.pointer, escaped(&entry.key)),
            line: entry.line,
        }
    }

    fn item(&self, number: usize, node: &'d Node) -> Self {
        Self {
            origin: self.origin,
            node,
            pointer: format!("{}/{number}", self.pointer),
            line: node.line,
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.node.get(key).and_then(Node::as_text)
    }

    pub(super) fn is_true(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// The place that this one refers to by `$ref`, however often; itself when that leads nowhere.
    pub(super) fn resolved(&self) -> Self {
        let (mut place, mut seen) = (self.clone(), BTreeSet::new());
        while let Some(next) = place.referred() {
            if !seen.insert(next.pointer.clone()) {
                return self.clone();
            }
            place = next;
        }
        match place.node.get("$ref") {
            None => place,
            Some(_) => self.clone(),
        }
    }

    /// The place that this one's own `$ref` names, when it lies in the same document.
    pub(super) fn referred(&self) -> Option<Self> {
        let pointer = self.text("$ref")?.strip_prefix('#')?;
        if pointer.is_empty() || pointer.starts_with('/') {
            return self.origin.at(&percent_decoded(pointer));
        }
        None
    }

    /// The value in full, by which two of them can be told apart.
    pub(super) fn json(&self) -> String {
        self.node.to_json().to_string()
    }

    /// The value as people read it in a sentence.
    pub(super) fn shown(&self) -> String {
        let text = self.json();
        match text.char_indices().nth(60) {
            Some((end, _)) => format!("`{}...`", &text[..end]),
            None => format!("`{text}`"),
        }
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// A reference is a URI's fragment, so its braces and letters may be percent-encoded.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = match rest {
            [b'%', high, low, ..] => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &rest[3..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}
