//! Containment of schemas, decided by rules: is all that the writer's schema accepts accepted by the reader's?
//!
//! The writer's side is unfolded into alternatives ([`conjunct`]), each split by type; the reader's keywords are held
//! against each, one file a type of value. Where an instance goes deeper, both sides go deeper with it.

mod array;
mod choice;
mod conjunct;
mod document;
mod judge;
mod number;
mod numeric;
mod object;
mod pattern;
mod text;
mod types;
mod value;

use super::{Incompatibility, Rule};
use conjunct::{Conjunct, alternatives};
use document::{Document, brief, has_reference, is_anything};
use serde_json::Value;
use std::collections::HashSet;
use types::Types;

/// How deep both schemas are followed, references and combinations counted, and how many steps are made in all.
/// What lies beyond is undecided.
const MAX_DEPTH: usize = 100;
const MAX_STEPS: usize = 50_000;

pub(super) fn compare(writer: &Value, reader: &Value) -> Vec<Incompatibility> {
    if writer == reader {
        return Vec::new();
    }
    let mut engine = Engine {
        writer: Document::new(writer),
        reader: Document::new(reader),
        path: Vec::new(),
        found: Vec::new(),
        assumed: HashSet::new(),
        trail: Vec::new(),
        steps: 0,
        depth: 0,
    };
    engine.contain(&[writer], reader);
    let mut found = engine.found;
    // Not in the order of the documents, which depends on how serde_json keeps its maps.
    found.sort_by(|one, other| (&one.path, one.rule).cmp(&(&other.path, other.rule)));
    found.dedup_by(|one, other| one == other || (is_alike(one, other) && !one.is_undecided()));
    found
}

/// Whether both say the same: an integer's range may be narrowed by its limit and by its format.
fn is_alike(one: &Incompatibility, other: &Incompatibility) -> bool {
    (&one.path, one.rule) == (&other.path, other.rule)
}

struct Engine<'a> {
    writer: Document<'a>,
    reader: Document<'a>,
    path: Vec<String>,
    found: Vec<Incompatibility>,
    /// The pairs that are being compared further up, or were found compatible if those are. A pair met again deeper
    /// in the instance is held for compatible, so that recursive schemas end; a pair that turns out incompatible is
    /// taken out again, with all that was assumed since.
    assumed: HashSet<Pair>,
    trail: Vec<Pair>,
    steps: usize,
    depth: usize,
}

/// A place of both documents, by the addresses of the schemas.
type Pair = (Vec<usize>, usize);

/// A part of what may be written: an alternative that lists no values, for one kind of value.
#[derive(Clone, Copy)]
struct Slice<'s, 'a> {
    writer: &'s Conjunct<'a>,
    types: Types,
}

impl<'a> Engine<'a> {
    /// Holds everything that all of `writer` accept against `reader`.
    fn contain(&mut self, writer: &[&'a Value], reader: &'a Value) {
        if is_anything(reader) || matches!(writer, [one] if *one == reader && !has_reference(one)) {
            return;
        }
        let Some(()) = self.enter() else { return };
        let writer: Vec<&Value> = writer.iter().map(|one| self.writer.target(one)).collect();
        let reader = self.reader.target(reader);
        let pair = pair(&writer, reader);
        if !self.assumed.contains(&pair) {
            let (assumed, found) = (self.trail.len(), self.found.len());
            self.assumed.insert(pair.clone());
            self.trail.push(pair);
            match alternatives(&self.writer, &writer) {
                Some(alternatives) => self.contain_all(&alternatives, reader),
                None => self.undecided("more alternatives than are followed", reader),
            }
            if self.found.len() > found {
                for pair in self.trail.drain(assumed..) {
                    self.assumed.remove(&pair);
                }
            }
        }
        self.depth -= 1;
    }

    fn contain_all(&mut self, alternatives: &[Conjunct<'a>], reader: &'a Value) {
        let accepted = judge::types(&self.reader, reader);
        let written = alternatives
            .iter()
            .fold(Types::NONE, |types, one| types.or(one.types()));
        self.report_types(written, accepted);
        for writer in alternatives.iter().filter(|one| one.values().is_none()) {
            for kind in Types::KINDS {
                let types = kind.and(writer.types()).and(accepted);
                if !types.is_empty() {
                    self.judge(Slice { writer, types }, reader);
                }
            }
        }
        self.contain_values(alternatives, accepted, reader);
    }

    /// Holds the values that the writer lists against `reader`, one by one.
    fn contain_values(&mut self, alternatives: &[Conjunct<'a>], accepted: Types, reader: &'a Value) {
        let mut refused = Vec::new();
        let mut unknown = Vec::new();
        for writer in alternatives {
            for value in writer.values().into_iter().flatten() {
                let of_types = accepted.and(writer.types());
                if !of_types.has_any(Types::of_value(value)) || !writer.may_be(&self.writer, value) {
                    continue;
                }
                match value::accepts(&self.reader, reader, value, writer.parts()) {
                    Some(true) => {}
                    Some(false) => refused.push(brief(value)),
                    None => unknown.push(brief(value)),
                }
            }
        }
        for (rule, values) in [(Rule::ValueRefused, refused), (Rule::Undecided, unknown)] {
            if !values.is_empty() {
                let takes = choice::values(&self.reader, &[reader]).map(|values| {
                    let values: Vec<String> = values.into_iter().map(brief).collect();
                    values.join(", ")
                });
                self.report(rule, values.join(", "), takes.unwrap_or_else(|| brief(reader)));
            }
        }
    }

    /// Reports the types that are written and not accepted.
    fn report_types(&mut self, written: Types, accepted: Types) {
        let mut refused = written.without(accepted);
        let takes = || (written.to_string(), accepted.to_string());
        if accepted.is_empty() && !refused.is_empty() {
            let (writer, reader) = takes();
            self.report(Rule::NothingAccepted, writer, reader);
            return;
        }
        if refused.has_any(Types::NULL) && written != Types::ALL {
            let (writer, reader) = takes();
            self.report(Rule::NullRefused, writer, reader);
            refused = refused.without(Types::NULL);
        }
        if refused == Types::FRACTION {
            let (writer, reader) = takes();
            self.report(Rule::FractionRefused, writer, reader);
        } else if !refused.is_empty() {
            let (writer, reader) = takes();
            self.report(Rule::TypeRefused, writer, reader);
        }
    }

    /// Goes one step deeper into the instance.
    fn at(&mut self, name: &str, deeper: impl FnOnce(&mut Self)) {
        self.path.push(name.replace('~', "~0").replace('/', "~1"));
        deeper(self);
        self.path.pop();
    }

    /// Whether `attempt` finds nothing; what it finds is given and not reported.
    fn attempt(&mut self, attempt: impl FnOnce(&mut Self)) -> Vec<Incompatibility> {
        let (found, assumed) = (self.found.len(), self.trail.len());
        attempt(self);
        let findings = self.found.split_off(found);
        if !findings.is_empty() {
            for pair in self.trail.drain(assumed..) {
                self.assumed.remove(&pair);
            }
        }
        findings
    }

    /// Counts a step further down, which ends with taking one off `depth`; `None` when there were too many.
    fn enter(&mut self) -> Option<()> {
        self.steps += 1;
        if self.steps > MAX_STEPS || self.depth >= MAX_DEPTH {
            self.report(
                Rule::Undecided,
                "…".to_owned(),
                "deeper or larger than is followed".to_owned(),
            );
            return None;
        }
        self.depth += 1;
        Some(())
    }

    fn report(&mut self, rule: Rule, writer: String, reader: String) {
        let path = self
            .path
            .iter()
            .fold(String::new(), |path, step| path + "/" + step);
        self.found.push(Incompatibility {
            path,
            rule,
            writer,
            reader,
        });
    }

    fn undecided(&mut self, why: &str, reader: &Value) {
        self.report(Rule::Undecided, why.to_owned(), brief(reader));
    }
}

fn pair(writer: &[&Value], reader: &Value) -> Pair {
    let mut writer: Vec<usize> = writer.iter().map(|one| std::ptr::from_ref(*one).addr()).collect();
    writer.sort_unstable();
    writer.dedup();
    (writer, std::ptr::from_ref(reader).addr())
}
