//! Transports that fail on purpose: wrap the publisher and the source that are under test, plan what goes wrong, and
//! see that nothing is lost, doubled or out of order all the same.
//!
//! ```
//! use event_contracts::MessageId;
//! use event_messaging::memory::Broker;
//! use event_messaging::memory::faults::{Fault, Faults, Plan};
//! use event_messaging::{OutboundMessage, Outcome, Publisher};
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let broker = Broker::new();
//! let queue = broker.declare_queue("q", 10);
//! broker.bind("q", "product.events", "#")?;
//!
//! // The answer to the first message gets lost; the second is refused.
//! let faults = Faults::new().with_publish_plan(Plan::at([(1, Fault::LoseAnswer), (2, Fault::Refuse)]));
//! let publisher = faults.publisher(broker);
//! let message = |id| OutboundMessage::new(id, "product.events", "product.price.changed.v1", "p-1", "{}");
//! let batch = vec![message(MessageId::new("m-1")?), message(MessageId::new("m-2")?)];
//! assert_eq!(publisher.publish(batch).await, [Outcome::Unknown, Outcome::Nacked]);
//! assert_eq!(queue.ready(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! A restart of the broker and the deletion of a queue are [`Broker::restart`](super::Broker::restart) and
//! [`Broker::delete_queue`](super::Broker::delete_queue), and their like on [`Log`](super::Log). Full queues
//! push back by themselves.

mod delivery;
mod line;
mod log;
mod plan;
mod publisher;
mod reorder;
mod source;

pub use delivery::FaultyDelivery;
pub use log::{FaultError, FaultyLog};
pub use plan::{Fault, Passing, Plan};
pub use publisher::FaultyPublisher;
pub use source::FaultySource;

use self::line::Line;
use crate::{LogSource, Publisher, Source};
use std::sync::Arc;
use std::time::Duration;

/// One connection to a broker, and what goes wrong on it. Cheap to clone; clones are the same connection.
#[derive(Clone, Debug)]
pub struct Faults {
    line: Arc<Line>,
    publishing: Arc<Plan>,
    deliveries: Arc<Plan>,
    commits: Arc<Plan>,
    reorder: Option<u64>,
    answer_within: Duration,
}

impl Faults {
    /// A connection on which nothing goes wrong yet. A publisher answers within 5 seconds, half of what a
    /// [`Relay`](crate::Relay) waits.
    #[must_use]
    pub fn new() -> Self {
        Self {
            line: Arc::default(),
            publishing: Arc::new(Plan::none()),
            deliveries: Arc::new(Plan::none()),
            commits: Arc::new(Plan::none()),
            reorder: None,
            answer_within: Duration::from_secs(5),
        }
    }

    /// Plans for the messages of publishers made from now on.
    #[must_use]
    pub fn with_publish_plan(mut self, plan: Plan) -> Self {
        self.publishing = Arc::new(plan);
        self
    }

    /// Plans for the deliveries of sources (and the records of logs) made from now on.
    #[must_use]
    pub fn with_delivery_plan(mut self, plan: Plan) -> Self {
        self.deliveries = Arc::new(plan);
        self
    }

    /// Plans for the commits to logs made from now on.
    #[must_use]
    pub fn with_commit_plan(mut self, plan: Plan) -> Self {
        self.commits = Arc::new(plan);
        self
    }

    /// Publishers made from now on hand each batch over in another order, but for the order within a key.
    #[must_use]
    pub fn with_reordering(mut self, seed: u64) -> Self {
        self.reorder = Some(seed);
        self
    }

    /// How long publishers made from now on wait for the broker, before what is open is
    /// [`Outcome::Unknown`](crate::Outcome::Unknown).
    #[must_use]
    pub fn with_answer_within(mut self, time: Duration) -> Self {
        self.answer_within = time;
        self
    }

    /// A publisher on this connection, with a channel of its own.
    pub fn publisher<P: Publisher>(&self, inner: P) -> FaultyPublisher<P> {
        FaultyPublisher::new(inner, self)
    }

    /// A source on this connection.
    pub fn source<S: Source>(&self, inner: S) -> FaultySource<S>
    where
        S::Delivery: 'static,
    {
        FaultySource::new(inner, self)
    }

    /// A source of a log on this connection.
    pub fn log<L: LogSource>(&self, inner: L) -> FaultyLog<L> {
        FaultyLog::new(inner, self)
    }

    /// Cuts the connection: what is unconfirmed is [`Outcome::Unknown`](crate::Outcome::Unknown), what is unsettled
    /// goes back at once. It is there again at once, or when the time of [`cut_for`](Self::cut_for) has passed.
    pub fn cut(&self) {
        self.cut_for(Duration::ZERO);
    }

    /// Cuts the connection, which cannot be made again for so long: publishers and sources wait.
    pub fn cut_for(&self, time: Duration) {
        self.line.cut(time);
    }

    /// Blocks publishers, as a broker that is short of memory does: no answer comes until [`unblock`](Self::unblock).
    /// Deliveries and their acknowledgements go on.
    pub fn block(&self) {
        self.line.set_blocked(true);
    }

    /// Ends the block.
    pub fn unblock(&self) {
        self.line.set_blocked(false);
    }

    /// How many faults the plans have injected.
    #[must_use]
    pub fn injected(&self) -> u64 {
        self.line.injected()
    }
}

impl Default for Faults {
    fn default() -> Self {
        Self::new()
    }
}
