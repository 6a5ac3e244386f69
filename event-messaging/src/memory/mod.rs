//! A broker and an outbox that live in this process, with the manners of the real ones: for tests, examples and
//! services that run in one process.

mod broker;
mod delivery;
mod outbox;
mod pattern;
mod queue;

pub use broker::Broker;
pub use delivery::QueueDelivery;
pub use outbox::Outbox;
pub use queue::Queue;
