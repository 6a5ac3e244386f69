//! A schema with all that belongs to it: what it refers to, and the parts of its `allOf`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::super::comparer::DOCUMENTATION;
use super::super::place::Place;
use super::super::same::same_with_references;
use crate::document::Data;

/// What a schema says, taken together. The default allows everything.
#[derive(Default)]
pub(super) struct Flat<'d> {
    pub(super) keywords: BTreeMap<&'d str, Place<'d>>,
    pub(super) properties: BTreeMap<&'d str, Place<'d>>,
    pub(super) required: BTreeMap<&'d str, Place<'d>>,
    /// Null beside whatever the types say, from `oneOf: [..., {type: 'null'}]`.
    pub(super) or_null: bool,
    /// What could not be taken together, compared by its text.
    odd: BTreeMap<(&'d str, usize), Place<'d>>,
    place: Option<Place<'d>>,
    words: Vec<(&'d str, Place<'d>)>,
}

/// Keywords of which the outermost has its say.
const OVERRIDDEN: &[&str] = &["default", "deprecated", "readOnly", "writeOnly", "x-rust-type"];

impl<'d> Flat<'d> {
    pub(super) fn new(place: &Place<'d>) -> Self {
        let mut flat = Self {
            place: Some(place.clone()),
            ..Self::default()
        };
        // A list and no recursion: references chain deeper than any stack.
        let mut parts = VecDeque::from([place.clone()]);
        let mut seen = BTreeSet::new();
        while let Some(part) = parts.pop_front() {
            if !seen.insert(part.pointer.clone()) {
                continue;
            }
            match &part.node.data {
                Data::Map(_) => flat.take(&part, &mut parts),
                // `true` allows everything.
                Data::Bool(true) => {}
                _ => flat.leave("schema", part),
            }
        }
        flat
    }

    fn take(&mut self, part: &Place<'d>, parts: &mut VecDeque<Place<'d>>) {
        for (key, value) in part.entries() {
            match key {
                "$ref" => match part.referred() {
                    Some(target) => parts.push_back(target),
                    None => self.leave(key, value),
                },
                "allOf" if matches!(value.node.data, Data::List(_)) => parts.extend(value.items()),
                "oneOf" | "anyOf" if self.takes_null(&value, parts) => {}
                "properties" if value.node.is_map() => {
                    for (name, property) in value.entries() {
                        match self.properties.get(name) {
                            Some(known) if same_with_references(known, &property) => {}
                            Some(_) => self.leave(name, property),
                            None => drop(self.properties.insert(name, property)),
                        }
                    }
                }
                "required" if matches!(value.node.data, Data::List(_)) => self.take_required(&value),
                key if DOCUMENTATION.contains(&key) => self.words.push((key, value)),
                key => self.take_keyword(key, value),
            }
        }
    }

    fn take_required(&mut self, list: &Place<'d>) {
        for name in list.items() {
            match name.node.as_text() {
                Some(text) => drop(self.required.entry(text).or_insert(name)),
                None => self.leave("required", name),
            }
        }
    }

    fn take_keyword(&mut self, key: &'d str, value: Place<'d>) {
        match self.keywords.get(key) {
            Some(known) if OVERRIDDEN.contains(&key) || same_with_references(known, &value) => {}
            Some(_) => self.leave(key, value),
            None => drop(self.keywords.insert(key, value)),
        }
    }

    /// Whether this says "or null" of one other schema, which then is what the schema is.
    fn takes_null(&mut self, list: &Place<'d>, parts: &mut VecDeque<Place<'d>>) -> bool {
        let is_null = |place: &Place<'d>| {
            let beside_type = |(key, _): (&str, Place<'d>)| key == "type" || DOCUMENTATION.contains(&key);
            place.text("type") == Some("null") && place.entries().all(beside_type)
        };
        let items = list.items();
        let [one, other] = items.as_slice() else {
            return false;
        };
        let part = match (is_null(one), is_null(other)) {
            (false, true) => one,
            (true, false) => other,
            _ => return false,
        };
        self.or_null = true;
        parts.push_back(part.clone());
        true
    }

    fn leave(&mut self, key: &'d str, place: Place<'d>) {
        let number = self.odd.keys().filter(|(other, _)| *other == key).count();
        self.odd.insert((key, number), place);
    }

    /// Where the schema is written.
    pub(super) fn place(&self) -> Option<&Place<'d>> {
        self.place.as_ref()
    }

    /// What could not be taken together, by its key and a number.
    pub(super) fn odd(&self) -> BTreeMap<(&'d str, usize), Place<'d>> {
        self.odd.clone()
    }

    /// Whether it says nothing but which of several schemas it is.
    pub(super) fn is_union(&self) -> bool {
        let is_alternative = |key: &str| matches!(key, "oneOf" | "anyOf" | "discriminator");
        let is_annotation = |key: &str| OVERRIDDEN.contains(&key);
        self.properties.is_empty()
            && self.required.is_empty()
            && self.odd.is_empty()
            && !self.or_null
            && self.keyword("oneOf").is_some() != self.keyword("anyOf").is_some()
            && self
                .keywords
                .keys()
                .all(|key| is_alternative(key) || is_annotation(key))
    }

    pub(super) fn keyword(&self, key: &str) -> Option<&Place<'d>> {
        self.keywords.get(key)
    }

    pub(super) fn is_true(&self, key: &str) -> bool {
        self.keyword(key).and_then(|place| place.node.as_bool()) == Some(true)
    }

    /// Words and examples, by their key and what they say.
    pub(super) fn words(&self) -> BTreeMap<(&'d str, String), Place<'d>> {
        let keyed = |(key, place): &(&'d str, Place<'d>)| ((*key, place.json()), place.clone());
        self.words.iter().map(keyed).collect()
    }
}
