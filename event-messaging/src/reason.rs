//! Errors and panics in words. An error is its author's code: asked for its words it may panic, and its causes may go
//! round in a circle.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many causes of an error are told.
const CAUSES: usize = 32;

/// An error and its causes, in one line. When it panics, this says so behind the words that came before.
pub(crate) fn with_causes(error: &(dyn StdError + 'static)) -> String {
    let mut text = String::new();
    let told = catch_unwind(AssertUnwindSafe(|| {
        // Whoever fails at writing his words has written some of them.
        let _ = write!(text, "{error}");
        let mut cause = error.source();
        for _ in 0..CAUSES {
            let Some(inner) = cause else { break };
            let _ = write!(text, ": {inner}");
            cause = inner.source();
        }
    }));
    if let Err(panic) = told {
        let separator = if text.is_empty() { "" } else { ": " };
        let _ = write!(
            text,
            "{separator}the error panicked when it was asked: {}",
            of_panic(&*panic)
        );
    }
    text
}

/// What somebody said who panicked.
pub(crate) fn of_panic(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without words")
}
