//! The Order Service: what a service that sells from the Product Service's catalogue has to do, and no more.
//!
//! - [`placement`]: one live read a line, within the cart's deadline; one transaction an order.
//! - [`projection`]: the local catalogue, filled from the events; the fallback when there is no live answer.
//! - [`repricing`]: orders on fallback are priced again once the Product Service answers.
//! - [`bands`]: how far a price may have moved until then.
//! - [`order`], [`orders`], [`store`]: what is kept, and where.
//! - [`client`]: how the Product Service is called.
//! - [`consumer`]: how its events come in.

pub mod bands;
pub mod client;
pub mod consumer;
pub mod order;
pub mod orders;
pub mod placement;
pub mod projection;
pub mod repricing;
pub mod store;

use self::orders::Orders;
use self::projection::Projection;
use self::store::Store;
use crate::reads::Reads;
use product_client::ProductClient;
use std::sync::Arc;

/// The service. Clones are the same service.
#[derive(Clone, Debug)]
pub struct OrderService {
    client: ProductClient,
    projection: Projection,
    orders: Orders,
    price_reads: Arc<Reads>,
}

impl OrderService {
    /// A service that asks through `client` and keeps everything in `store`.
    #[must_use]
    pub fn new(client: ProductClient, store: Store) -> Self {
        Self {
            client,
            projection: Projection::new(store.clone()),
            orders: Orders::new(store),
            price_reads: Arc::default(),
        }
    }

    /// The local catalogue.
    #[must_use]
    pub fn projection(&self) -> &Projection {
        &self.projection
    }

    /// How the reads of prices at order placement went, from asking for a line's price to having one, or none.
    #[must_use]
    pub fn price_reads(&self) -> &Reads {
        &self.price_reads
    }
}
