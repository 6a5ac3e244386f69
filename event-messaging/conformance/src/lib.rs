//! What a store or a transport of `event-messaging` owes its users, as suites that its author runs.
//!
//! [`store`] is for stores: outbox, inbox and park.

pub mod store;
