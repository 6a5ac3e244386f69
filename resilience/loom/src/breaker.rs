//! The circuit of a breaker, without the handles, which share nothing else.

#[path = "../../src/breaker/circuit/mod.rs"]
pub(crate) mod circuit;
#[path = "../../src/breaker/policy.rs"]
mod policy;
#[path = "../../src/breaker/state.rs"]
mod state;
#[path = "../../src/breaker/validate.rs"]
mod validate;

pub(crate) use policy::{BreakerPolicy, WindowPolicy};
pub(crate) use state::OpenReason;
