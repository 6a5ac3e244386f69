//! Somebody who changes prices and statuses while carts are open, through the same client as everybody.

use crate::failure::Failure;
use crate::plan::Change;
use product_client::{Error, ProductClient, ProductClientConfig, ProductPatch, SetPrice};
use product_types::PriceType;
use resilience::time;
use std::time::Duration;
use tokio::sync::mpsc;

/// How long the merchandiser waits before trying again when the service does not answer.
const PAUSE: Duration = Duration::from_millis(100);

/// What came of the changes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Changes that got through.
    pub made: usize,
    /// Changes that the service refused.
    pub refused: usize,
}

/// How long the merchandiser's open circuit leaves the service alone: short, so that changes go on as soon as writes do.
const OPEN_FOR: Duration = Duration::from_millis(200);

/// A client with the token of a manager.
///
/// # Errors
///
/// When the base URL or the token is not well formed.
pub fn connect(base_url: &str, token: &str) -> Result<ProductClient, Failure> {
    let mut config = ProductClientConfig::new(base_url);
    config.breaker_open_ms = OPEN_FOR.as_millis() as u64;
    ProductClient::configured(config)
        .token(token)
        .user_agent("merchandiser")
        .build()
        .map_err(|cause| Failure::because("cannot set up the merchandiser's client", cause))
}

/// Makes the changes one after the other, each until it gets through or is refused; ends with the channel.
///
/// Each may be made twice without harm, so an answer that was lost is no trouble: the same price, the same status,
/// a deletion of what is deleted.
pub async fn work(client: ProductClient, mut changes: mpsc::UnboundedReceiver<Change>) -> Tally {
    let mut tally = Tally::default();
    while let Some(change) = changes.recv().await {
        let mut asked_before = false;
        loop {
            match make(&client, &change).await {
                Ok(()) => tally.made += 1,
                Err(error) if error.is_unavailable() => {
                    asked_before |= error.may_have_been_sent();
                    time::sleep(PAUSE).await;
                    continue;
                }
                // Deleted by the attempt whose answer was lost.
                Err(error) if asked_before && error.is_not_found() && matches!(change, Change::Delete(_)) => {
                    tally.made += 1;
                }
                Err(_) => tally.refused += 1,
            }
            break;
        }
    }
    tally
}

async fn make(client: &ProductClient, change: &Change) -> Result<(), Error> {
    match change {
        Change::Price(variant, price) => {
            let body = SetPrice::new(price.amount, price.currency, PriceType::Regular);
            client.set_variant_price(variant.clone(), body).await?;
        }
        Change::Status(product, status) => {
            let body = ProductPatch::new().with_status(status.clone());
            client.patch_product(product.clone(), body).await?;
        }
        Change::Delete(product) => client.delete_product(product.clone()).await?,
    }
    Ok(())
}
