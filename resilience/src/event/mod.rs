//! What happens inside policies, for logs, metrics and alerts.
//!
//! [`Events`] leads from policies to whoever listens: a closure on the task of the call, or a bounded channel that
//! never makes a call wait. Nobody listening costs a branch and no allocation.

mod events;
mod subscription;
mod variants;

pub use events::Events;
pub use subscription::{Notice, Subscription};
pub use variants::Event;
