//! The Product Service's events, from the queue into the projection.

use super::projection::Projection;
use crate::failure::Failure;
use event_contracts::{Event, ProductEvent, product::ProductCreated};
use event_messaging::memory::{Broker, Queue};
use event_messaging::{Consumer, ConsumerConfig, Context, DeadLetterExchange, Handler};
use product_types::Timestamp;
use std::future::Future;

/// The Order Service's own queue; nobody else reads it.
const QUEUE: &str = "order-service.catalogue";

/// Where events go that cannot be taken in: an exchange with a queue of the same name.
const DEAD_LETTERS: &str = "order-service.dead-letters";

/// What is published faster than it is applied waits here, and then in the Product Service's outbox.
const CAPACITY: usize = 1_000;

/// Everything about products, variants and prices.
const PATTERN: &str = "product.#";

/// Binds the queue, and that of the dead letters. It is bound before the first event is published, so the projection
/// misses nothing.
///
/// # Errors
///
/// Never in practice: queues and patterns are fixed above.
pub fn bind(broker: &Broker) -> Result<Queue, Failure> {
    let queue = broker.declare_queue(QUEUE, CAPACITY);
    broker.declare_queue(DEAD_LETTERS, CAPACITY);
    broker
        .bind(QUEUE, ProductCreated::EXCHANGE, PATTERN)
        .and_then(|()| broker.bind(DEAD_LETTERS, DEAD_LETTERS, "#"))
        .map_err(|cause| Failure::because("cannot bind the queue of product events", cause))?;
    Ok(queue)
}

/// Fills the projection from the queue until `shutdown`; then what was begun is finished.
///
/// # Errors
///
/// Never in practice: the configuration is the default, and nobody deletes the queue.
pub async fn consume(
    queue: Queue,
    broker: Broker,
    projection: Projection,
    shutdown: impl Future<Output = ()>,
) -> Result<(), Failure> {
    let failed = |cause| Failure::because("cannot consume product events", cause);
    let dead_letters = DeadLetterExchange::new(broker, DEAD_LETTERS);
    let consumer =
        Consumer::new(queue, projection, dead_letters, ConsumerConfig::new(QUEUE)).map_err(failed)?;
    consumer.run(shutdown).await.map_err(failed)?;
    Ok(())
}

/// An event is acknowledged after the transaction that holds its effect; what fails comes again.
impl Handler<ProductEvent> for Projection {
    type Error = Failure;

    async fn handle(&self, event: ProductEvent, (): &mut (), _: &Context<'_>) -> Result<(), Failure> {
        self.take_in(&event, Timestamp::now()).await.map(drop)
    }
}
