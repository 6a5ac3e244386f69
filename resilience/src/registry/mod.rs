//! One policy or breaker for each peer: by authority, by operation group, by whatever a key is made of.
//!
//! A dead host must not open the circuit of its neighbours, so each has a policy of its own. But whoever can name
//! hosts could fill the memory with them, so a [`Registry`] is bounded:
//!
//! - An entry is made when its key is first asked for.
//! - A full registry makes room by forgetting, among the entries that nobody has a [`Handle`] of and whose circuit is
//!   closed, the one that was not used for the longest time.
//! - Where none can be forgotten, the new key is given one entry that all such keys share. Calls go on and are
//!   protected still, though together; [`Registry::overflowed`] counts them. An open circuit is never forgotten, and
//!   the memory never grows beyond the bound.
//!
//! ```
//! use resilience::breaker::{BreakerPolicy, CircuitBreaker};
//! use resilience::event::Events;
//! use resilience::registry::{Registry, RegistryPolicy};
//!
//! # fn main() -> Result<(), resilience::InvalidPolicy> {
//! let breakers: Registry<CircuitBreaker> =
//!     Registry::new(RegistryPolicy::default(), &Events::default(), |_| BreakerPolicy::default())?;
//! let breaker = breakers.get_or_create("inventory.internal:8080")?;
//! assert_eq!(breaker.name(), "inventory.internal:8080");
//!
//! // Each entry goes on with the new policy and its old state.
//! breakers.reload(|_| BreakerPolicy::default().with_trials(1))?;
//! assert_eq!(breaker.policy().trials, 1);
//! # Ok(())
//! # }
//! ```

mod breakers;
mod entry;
mod keyed;
mod layer;
mod policies;
mod policy;
mod shelf;

pub use entry::{Entry, Handle};
pub use keyed::Registry;
pub use layer::{KeyedLayer, KeyedService};
pub use policy::RegistryPolicy;
