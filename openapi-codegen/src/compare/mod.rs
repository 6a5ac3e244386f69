//! What changed between two versions of a document, and what each change means for those who have the old one.
//!
//! The comparison is made of rules ([`rules`]). It knows in which direction a value travels: a request may be asked for
//! less, an answer may hold more precise promises, never the other way round, and a schema used in both directions is
//! judged in both. It holds to this project's contract where documents leave room: readers keep texts that an enum does
//! not list and ignore properties that they do not know.
//!
//! Nothing is dropped. A difference that no rule knows is [`unclassified`](rules), which counts as breaking, and what
//! means the same in other words is told as `written-differently`.
//!
//! ```
//! use openapi_codegen::{Document, compare::compare};
//!
//! let document = |maximum: u32| Document::parse("api.yaml", &format!(r#"
//! openapi: 3.1.0
//! info: {{ title: Clock, version: 1.0.0 }}
//! paths:
//!   /time:
//!     get:
//!       operationId: getTime
//!       parameters: [{{ name: digits, in: query, schema: {{ type: integer, maximum: {maximum} }} }}]
//!       responses: {{ '204': {{ description: Done. }} }}
//! "#));
//! let comparison = compare(&document(9)?, &document(6)?);
//! let told: Vec<String> = comparison.changes().iter().map(ToString::to_string).collect();
//! assert_eq!(told, ["api.yaml:8: breaking: `maximum` is `6`, was `9` (request-constraint-tightened), \
//!                    at /paths/~1time/get/parameters/0/schema/maximum"]);
//! # Ok::<(), openapi_codegen::Error>(())
//! ```

mod body;
mod change;
mod comparer;
mod extension;
mod operation;
mod parameter;
mod place;
mod response;
mod root;
mod rule;
mod same;
mod schema;
mod security;
mod server;
mod sweep;
mod twin;
mod version;

use crate::document::Document;
pub use change::{Change, Side};
use comparer::Comparer;
use place::Origin;
pub use rule::{Class, Rule, rules};

/// What changed between two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    changes: Vec<Change>,
    announced: bool,
}

impl Comparison {
    /// All changes, the breaking ones first, each class in the order of the documents.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// How many changes are of a class.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        let of_class = |change: &&Change| change.rule.class() == class;
        self.changes.iter().filter(of_class).count()
    }

    /// Whether a change is breaking.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(Change::is_breaking)
    }

    /// Whether `info.version` says that the newer document breaks with the older one: a higher major version, or a
    /// higher minor one as long as the major is 0 (Semantic Versioning).
    #[must_use]
    pub fn is_announced(&self) -> bool {
        self.announced
    }
}

/// Compares two versions of a document. Neither needs to be one that the generator accepts.
#[must_use]
pub fn compare(before: &Document, after: &Document) -> Comparison {
    let (older, newer) = (Origin::new(Side::Before, before), Origin::new(Side::After, after));
    let mut comparer = Comparer::new(&older, &newer);
    comparer.document();
    comparer.sweep();
    let mut changes = comparer.into_changes();
    changes.sort_by(|one, other| order(one).cmp(&order(other)));
    Comparison {
        changes,
        announced: version::is_raised(before, after),
    }
}

fn order(change: &Change) -> (Class, usize, &str, Rule, Side, &str) {
    let Change { rule, line, side, .. } = *change;
    (rule.class(), line, &change.pointer, rule, side, &change.what)
}
