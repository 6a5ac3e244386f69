//! What threads share in `resilience`, run through every order of steps by [loom](https://docs.rs/loom).
//!
//! The files under test are those of the library itself. They take atomics and locks from `crate::sync`, which here is
//! loom's; so neither the library nor its users know of loom, and no flag of the compiler is needed. Another state
//! machine is modelled alike: include its files, and write what must hold in every order beside them.
//!
//! `cargo xtask loom` runs the models. Each has at most three threads and a handful of steps, since the number of orders
//! grows beyond all bounds with them.
#![cfg(test)]
#![expect(dead_code, reason = "the models use a part of what the files hold")]
#![expect(unreachable_pub, reason = "what is public in the library is not in here")]
#![expect(
    unexpected_cfgs,
    reason = "the features of the library are none of this crate"
)]

mod breaker;
mod budget;
mod bulkhead;
#[path = "../../src/invalid.rs"]
mod invalid;
mod models;
mod rate_limit;
mod sync;

use loom::model::Builder;

/// Runs `model` in every order of steps with at most three changes of thread that nothing forces; more of them find
/// little and take hours.
fn check(model: impl Fn() + Sync + Send + 'static) {
    let mut builder = Builder::new();
    builder.preemption_bound = builder.preemption_bound.or(Some(3));
    builder.check(model);
}
