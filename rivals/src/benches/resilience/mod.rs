//! `resilience` beside `tower-resilience`, `failsafe` and `recloser`.
//!
//! Each breaker has the policy of its own defaults, and each is called through the face that its users have: a tower
//! service, or a future wrapped in a call. What they guard is the same service, ready at once. By default ours has a
//! window by time, tower-resilience one by calls, which is its cheaper one.

mod breaker;
mod ours;
mod peer;
mod stack;
mod theirs;
mod window;

use crate::harness::{Effort, Row};

pub(super) fn run(effort: Effort) -> Vec<Row> {
    let parts = [breaker::closed, breaker::rejected, window::flat, stack::ready];
    parts.into_iter().flat_map(|part| part(effort)).collect()
}
