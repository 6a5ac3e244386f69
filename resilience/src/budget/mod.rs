//! The retry budget: retries may add only so much to the load of a peer.
//!
//! Three retries a call make four requests of one when a peer is down, which is when it can least bear them.
//! Each call that is sent pays a part of a token in, each retry or hedge takes a whole one out. Time brings the
//! balance back up to a floor of a few retries a second, which keeps callers with little traffic alive. Counting is
//! exact, in whole millionths of a token, and a retry is paid for when it is decided on: one that waits in its
//! back-off is under way, and [`BudgetPolicy::max_concurrent`] limits how many are.
//!
//! ```
//! use resilience::budget::{BudgetPolicy, RetryBudget};
//! use resilience::time;
//!
//! let budget = RetryBudget::new(BudgetPolicy::default().with_floor_per_second(0))?;
//! assert!(budget.withdraw(time::now()).is_none());
//! for _ in 0..5 {
//!     budget.deposit();
//! }
//! let retry = budget.withdraw(time::now()).expect("five calls pay for a retry");
//! assert_eq!((budget.balance(), budget.under_way()), (0, 1));
//! drop(retry);
//! assert_eq!(budget.under_way(), 0);
//! # Ok::<(), resilience::InvalidPolicy>(())
//! ```

mod account;
mod policy;
mod retry_budget;
mod word;

pub use policy::BudgetPolicy;
pub use retry_budget::{RetryBudget, RetryPermit};
