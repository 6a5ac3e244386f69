//! `anyOf` and `oneOf` of the reader.

use super::conjunct::{Property, alternatives};
use super::document::Document;
use super::judge;
use super::types::Types;
use super::{Engine, Slice, value};
use crate::compat::{Incompatibility, Rule};
use serde_json::Value;

impl<'a> Engine<'a> {
    /// One of `branches` must accept the slice; the only one, when it `is_exclusive`.
    pub(super) fn choice(
        &mut self,
        slice: Slice<'_, 'a>,
        branches: &'a [Value],
        is_exclusive: bool,
        open: &mut Vec<usize>,
    ) {
        let possible: Vec<&Value> = branches
            .iter()
            .filter(|branch| !self.is_refused(slice, branch))
            .collect();
        let mut nearest = None;
        for branch in &possible {
            let findings = self.attempt(|engine| engine.judge_within(slice, branch, open));
            if findings.is_empty() {
                if is_exclusive && possible.len() > 1 {
                    self.undecided(
                        "more than one of the alternatives may accept it",
                        &Value::from(branches),
                    );
                }
                return;
            }
            // What may fit is nearer than what certainly does not.
            let distance = |findings: &Vec<Incompatibility>| {
                let is_certain = findings.iter().any(|one| !one.is_undecided());
                (is_certain, findings.len())
            };
            if nearest
                .as_ref()
                .is_none_or(|least| distance(&findings) < distance(least))
            {
                nearest = Some(findings);
            }
        }
        match nearest {
            Some(findings) => self.found.extend(findings),
            None => {
                let reader = super::document::brief(&Value::from(branches));
                self.report(Rule::AlternativeRefused, slice.types.to_string(), reader);
            }
        }
    }

    /// Whether `branch` certainly refuses all of the slice.
    fn is_refused(&self, slice: Slice<'_, 'a>, branch: &'a Value) -> bool {
        if !judge::types(&self.reader, branch).has_any(slice.types) {
            return true;
        }
        let Some(branches) = alternatives(&self.reader, &[branch]) else {
            return false;
        };
        branches.iter().all(|branch| {
            if let Some(values) = branch.values() {
                return values.iter().all(|one| !slice.writer.may_be(&self.writer, one));
            }
            slice.types == Types::OBJECT && self.is_other_kind(slice, branch)
        })
    }

    /// Whether a property that `branch` requires is never written, or never with a value that it accepts: a tag.
    fn is_other_kind(&self, slice: Slice<'_, 'a>, branch: &super::Conjunct<'a>) -> bool {
        let names = branch.all("required").filter_map(Value::as_array).flatten();
        names.filter_map(Value::as_str).any(|name| {
            let written = match slice.writer.property(name) {
                Property::Declared(schemas) => schemas,
                Property::Never => return true,
                Property::Undeclared | Property::ByPattern => return false,
            };
            let Property::Declared(read) = branch.property(name) else {
                return false;
            };
            let written = values(&self.writer, &written);
            let read = values(&self.reader, &read);
            // Where nothing can be written, nothing is of another kind.
            matches!((written, read), (Some(written), Some(read))
                if !written.is_empty() && !written.iter().any(|one| read.iter().any(|other| value::is_same(one, other))))
        })
    }
}

/// All values that `schemas` list, when they do.
pub(super) fn values<'a>(document: &Document<'a>, schemas: &[&'a Value]) -> Option<Vec<&'a Value>> {
    let alternatives = alternatives(document, schemas)?;
    let lists = alternatives.iter().map(|one| one.values());
    lists.collect::<Option<Vec<_>>>().map(|lists| lists.concat())
}
