//! The retry budget: retries may add only so much to the load of a peer.
//!
//! Three retries a call make four requests of one when a peer is down, which is when it can least bear them.
//! Each call that is sent pays a part of a token in, each retry takes a whole one out; beyond what was paid in,
//! a floor of a few retries a second keeps callers with little traffic alive. Counting is exact, in whole
//! millionths of a token, and a retry is paid for when it is decided on, before its wait.

mod ledger;
mod policy;
mod retry_budget;

pub use policy::BudgetPolicy;
pub use retry_budget::RetryBudget;
