//! Arrays.

use super::document::shown;
use super::number::Bound;
use super::{Engine, Slice};
use crate::compat::Rule;
use serde_json::{Map, Value};

impl<'a> Engine<'a> {
    /// `None` when the keyword is not understood.
    pub(super) fn array(
        &mut self,
        slice: Slice<'_, 'a>,
        reader: &'a Map<String, Value>,
        keyword: &str,
    ) -> Option<()> {
        let demand = reader.get(keyword)?;
        let writer = slice.writer;
        match keyword {
            "prefixItems" => {
                for (index, asked) in demand.as_array()?.iter().enumerate() {
                    if slice.has_more_than(index) {
                        self.at(&index.to_string(), |engine| {
                            engine.contain(&writer.element(index), asked);
                        });
                    }
                }
            }
            "items" => {
                // An array of schemas was `prefixItems` before 2020-12.
                if demand.is_array() {
                    return None;
                }
                let first = match reader.get("prefixItems") {
                    Some(prefix) => prefix.as_array()?.len(),
                    None => 0,
                };
                let rest = first.max(writer.prefix());
                for index in first..rest {
                    if slice.has_more_than(index) {
                        self.at(&index.to_string(), |engine| {
                            engine.contain(&writer.element(index), demand);
                        });
                    }
                }
                if slice.has_more_than(rest) {
                    self.at("*", |engine| engine.contain(&writer.element(rest), demand));
                }
            }
            "minItems" => {
                let written = writer.at_least("minItems").unwrap_or(Bound::Integer(0));
                if written < Bound::of(demand)? {
                    self.report(
                        Rule::MinItemsRaised,
                        writer.shown("minItems"),
                        shown(reader, keyword),
                    );
                }
            }
            "maxItems" => {
                let asked = Bound::of(demand)?;
                if !slice.most_elements().is_some_and(|written| written <= asked) {
                    self.report(
                        Rule::MaxItemsLowered,
                        writer.shown("maxItems"),
                        shown(reader, keyword),
                    );
                }
            }
            "uniqueItems" => {
                let is_unique = writer.all("uniqueItems").any(|unique| unique == true);
                if demand.as_bool()? && !is_unique && slice.has_more_than(1) {
                    let said = writer.shown("uniqueItems");
                    self.report(Rule::UniqueItemsRequired, said, shown(reader, keyword));
                }
            }
            _ => return None,
        }
        Some(())
    }
}

impl Slice<'_, '_> {
    /// How many elements are written at most, when there is a limit.
    fn most_elements(&self) -> Option<Bound> {
        let stated = self.writer.at_most("maxItems");
        let closed = self.writer.parts().iter().filter_map(|part| {
            let is_closed = part.get("items") == Some(&Value::Bool(false));
            let prefix = part.get("prefixItems").and_then(Value::as_array);
            is_closed.then(|| prefix.map_or(0, Vec::len))
        });
        let closed = closed.min().and_then(|most| i128::try_from(most).ok());
        let closed = closed.map(Bound::Integer);
        stated
            .into_iter()
            .chain(closed)
            .reduce(|one, other| if other < one { other } else { one })
    }

    /// Whether there may be an element at `index`.
    fn has_more_than(&self, index: usize) -> bool {
        let index = i128::try_from(index).map_or(Bound::Integer(i128::MAX), Bound::Integer);
        self.most_elements().is_none_or(|most| most > index)
    }
}
