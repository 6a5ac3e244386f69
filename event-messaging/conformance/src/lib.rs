//! What a store or a transport of `event-messaging` owes its users, as suites that its author runs.
//!
//! - [`store`] is for stores: outbox, inbox and park.
//! - [`faults`] is for transports, over any store: the 21 faults and their exact outcome.

#[cfg(unix)]
pub mod faults;
pub mod store;
