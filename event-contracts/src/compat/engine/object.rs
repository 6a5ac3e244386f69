//! Objects.

use super::conjunct::Property;
use super::document::{brief, is_anything, shown};
use super::number::Bound;
use super::{Engine, Slice, pattern, value};
use crate::compat::Rule;
use serde_json::{Map, Value};

/// Stands for all names of which the writer does not speak.
const OTHERS: &str = "*";

impl<'a> Engine<'a> {
    /// `None` when the keyword is not understood.
    pub(super) fn object(
        &mut self,
        slice: Slice<'_, 'a>,
        reader: &'a Map<String, Value>,
        keyword: &str,
    ) -> Option<()> {
        let demand = reader.get(keyword)?;
        match keyword {
            "required" => self.required(slice, demand.as_array()?),
            "properties" => self.properties(slice, demand.as_object()?),
            "patternProperties" => self.patterns(slice, demand.as_object()?),
            "additionalProperties" => self.additional(slice, reader, demand)?,
            "propertyNames" => self.names(slice, demand),
            "minProperties" => {
                let required = slice.writer.declared().into_iter();
                let required = required.filter(|name| slice.writer.is_required(name)).count();
                let required = Bound::Integer(i128::try_from(required).ok()?);
                let written = slice.writer.at_least("minProperties").unwrap_or(required);
                let asked = Bound::of(demand)?;
                if written < asked && required < asked {
                    let writer = slice.writer.shown("minProperties");
                    self.report(Rule::MinPropertiesRaised, writer, shown(reader, keyword));
                }
            }
            "maxProperties" => {
                let asked = Bound::of(demand)?;
                if !slice
                    .writer
                    .at_most("maxProperties")
                    .is_some_and(|written| written <= asked)
                {
                    let writer = slice.writer.shown("maxProperties");
                    self.report(Rule::MaxPropertiesLowered, writer, shown(reader, keyword));
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn required(&mut self, slice: Slice<'_, 'a>, names: &'a [Value]) {
        for name in names {
            let Some(name) = name.as_str() else {
                self.undecided("`required` lists names", name);
                continue;
            };
            if slice.writer.is_required(name) {
                continue;
            }
            let said = match slice.writer.property(name) {
                Property::Declared(_) | Property::ByPattern => "optional",
                Property::Never | Property::Undeclared => "not written",
            };
            self.at(name, |engine| {
                let (writer, reader) = (said.to_owned(), "required".to_owned());
                engine.report(Rule::RequiredPropertyMissing, writer, reader);
            });
        }
    }

    /// A property that the writer does not know and its open contract does not rule out is held not to be written:
    /// otherwise no optional property could ever be added.
    fn properties(&mut self, slice: Slice<'_, 'a>, properties: &'a Map<String, Value>) {
        for (name, schema) in properties {
            match slice.writer.property(name) {
                Property::Never | Property::Undeclared => {}
                Property::Declared(written) => self.at(name, |engine| engine.contain(&written, schema)),
                Property::ByPattern if is_anything(schema) => {}
                Property::ByPattern => self.at(name, |engine| {
                    engine.undecided("written if its name matches a pattern", schema);
                }),
            }
        }
    }

    fn patterns(&mut self, slice: Slice<'_, 'a>, patterns: &'a Map<String, Value>) {
        let names = slice.writer.declared();
        for (pattern, schema) in patterns.iter().filter(|(_, schema)| !is_anything(schema)) {
            let alike = slice.writer.all("patternProperties");
            let alike: Vec<&Value> = alike.filter_map(|patterns| patterns.get(pattern)).collect();
            for name in &names {
                let Property::Declared(written) = slice.writer.property(name) else {
                    continue;
                };
                match pattern::matches(pattern, name) {
                    Some(false) => {}
                    Some(true) => {
                        let written = [written, alike.clone()].concat();
                        self.at(name, |engine| engine.contain(&written, schema));
                    }
                    None => self.at(name, |engine| {
                        engine.undecided("no rule tells whether its name matches a pattern", schema);
                    }),
                }
            }
            if alike.is_empty() && slice.writer.is_closed() {
                continue;
            }
            self.at(OTHERS, |engine| match alike.is_empty() {
                true => engine.undecided("no rule tells which names match a pattern", schema),
                false => engine.contain(&[alike, slice.writer.additional()].concat(), schema),
            });
        }
    }

    /// What the reader says of all properties that it does not name.
    fn additional(
        &mut self,
        slice: Slice<'_, 'a>,
        reader: &'a Map<String, Value>,
        schema: &'a Value,
    ) -> Option<()> {
        if is_anything(schema) {
            return Some(());
        }
        let none = Map::new();
        let of = |keyword: &str| match reader.get(keyword) {
            Some(named) => named.as_object(),
            None => Some(&none),
        };
        let (named, patterns) = (of("properties")?, of("patternProperties")?);
        for name in slice.writer.declared() {
            let Property::Declared(written) = slice.writer.property(name) else {
                continue;
            };
            if named.contains_key(name) {
                continue;
            }
            self.at(name, |engine| match schema {
                _ if !patterns.is_empty() => {
                    engine.undecided("no rule tells which names match a pattern", schema);
                }
                Value::Bool(false) => engine.refuse(&written),
                _ => engine.contain(&written, schema),
            });
        }
        if slice.writer.is_closed() {
            return Some(());
        }
        let others = slice.writer.additional();
        let Some(part) = slice.writer.by_pattern() else {
            self.others(&others, schema);
            return Some(());
        };
        let together = |written: &'a Value| -> Vec<_> { others.iter().copied().chain([written]).collect() };
        for (pattern, written) in part["patternProperties"].as_object().into_iter().flatten() {
            if !patterns.contains_key(pattern) {
                self.others(&together(written), schema);
            }
        }
        match part.get("additionalProperties") {
            Some(written) => self.others(&together(written), schema),
            None => self.others(&others, schema),
        }
        Some(())
    }

    /// Properties without a name of their own, held against what the reader says of those that it does not name.
    fn others(&mut self, written: &[&'a Value], schema: &'a Value) {
        if written.iter().any(|one| **one == Value::Bool(false)) {
            return;
        }
        self.at(OTHERS, |engine| match schema {
            Value::Bool(false) => {
                let writer = written.first().map_or_else(|| "any".to_owned(), |one| brief(one));
                engine.report(Rule::AdditionalPropertiesRefused, writer, "none".to_owned());
            }
            _ => engine.contain(written, schema),
        });
    }

    /// A closed reader meets a property that it does not know.
    fn refuse(&mut self, written: &[&'a Value]) {
        let is_written = super::alternatives(&self.writer, written).is_none_or(|all| !all.is_empty());
        if is_written {
            let writer = written.first().map_or_else(|| "any".to_owned(), |one| brief(one));
            self.report(
                Rule::PropertyRefused,
                writer,
                "not known, and none else allowed".to_owned(),
            );
        }
    }

    fn names(&mut self, slice: Slice<'_, 'a>, schema: &'a Value) {
        let written: Vec<&Value> = slice.writer.all("propertyNames").collect();
        for name in slice.writer.declared() {
            let value = Value::from(name);
            let is_refused = |names: &&Value| value::accepts(&self.writer, names, &value, &[]) == Some(false);
            if written.iter().any(is_refused) {
                continue;
            }
            match value::accepts(&self.reader, schema, &value, &[]) {
                Some(true) => {}
                Some(false) => self.at(name, |engine| {
                    engine.report(Rule::PropertyRefused, brief(&value), brief(schema));
                }),
                None => self.at(name, |engine| engine.undecided(&brief(&value), schema)),
            }
        }
        if slice.writer.is_closed() {
            return;
        }
        let findings = self.attempt(|engine| engine.contain(&written, schema));
        if !findings.is_empty() {
            let writer = slice.writer.shown("propertyNames");
            self.report(Rule::PropertyNamesRestricted, writer, brief(schema));
        }
    }
}
