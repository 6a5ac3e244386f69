//! The Product Service's events, from the queue into the projection.

use super::projection::Projection;
use crate::failure::Failure;
use event_contracts::{Event, ProductEvent, product::ProductCreated};
use event_messaging::memory::{Broker, Queue};
use event_messaging::{Consumer, ConsumerConfig, Handler};
use product_types::Timestamp;
use std::future::Future;

/// The Order Service's own queue; nobody else reads it.
const QUEUE: &str = "order-service.catalogue";

/// What is published faster than it is applied waits here, and then in the Product Service's outbox.
const CAPACITY: usize = 1_000;

/// Everything about products, variants and prices.
const PATTERN: &str = "product.#";

/// Binds the queue. It is bound before the first event is published, so the projection misses nothing.
///
/// # Errors
///
/// Never in practice: queue and pattern are fixed above.
pub fn bind(broker: &Broker) -> Result<Queue, Failure> {
    let queue = broker.declare_queue(QUEUE, CAPACITY);
    broker
        .bind(QUEUE, ProductCreated::EXCHANGE, PATTERN)
        .map_err(|cause| Failure::because("cannot bind the queue of product events", cause))?;
    Ok(queue)
}

/// Fills the projection from the queue until `shutdown`; then what was begun is finished.
///
/// # Errors
///
/// Never in practice: the configuration is the default.
pub async fn consume(
    queue: Queue,
    projection: Projection,
    shutdown: impl Future<Output = ()>,
) -> Result<(), Failure> {
    let consumer = Consumer::new(queue, projection, ConsumerConfig::default())
        .map_err(|cause| Failure::because("cannot consume product events", cause))?;
    consumer.run(shutdown).await;
    Ok(())
}

/// An event is acknowledged after the transaction that holds its effect; what fails comes again.
impl Handler<ProductEvent> for Projection {
    type Error = Failure;

    async fn handle(&self, event: ProductEvent) -> Result<(), Failure> {
        self.take_in(&event, Timestamp::now()).await.map(drop)
    }
}
