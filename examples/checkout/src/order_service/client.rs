//! How the Order Service calls the Product Service.
//!
//! Timeouts (0.5 s to connect, 0.6 s an attempt, 1.5 s a read at checkout), which calls may be retried, and which share
//! a circuit breaker, come with the contract; retries and breakers are the client's defaults but for [`OPEN_FOR`].

use crate::failure::Failure;
use product_client::{Event, ProductClient, ProductClientConfig};
use std::time::Duration;

/// How long an open circuit leaves the Product Service alone. The default, 30 s, is right in production and longer
/// than the example runs.
pub const OPEN_FOR: Duration = Duration::from_millis(250);

/// Makes the client, and has `listener` told what it does.
///
/// # Errors
///
/// When the base URL or the token is not well formed.
pub fn connect(
    base_url: &str,
    token: &str,
    listener: impl Fn(&Event<'_>) + Send + Sync + 'static,
) -> Result<ProductClient, Failure> {
    // A real service would read it from the environment: `ProductClientConfig::from_env()`.
    let mut config = ProductClientConfig::new(base_url);
    config.breaker_open_ms = OPEN_FOR.as_millis() as u64;
    ProductClient::configured(config)
        .token(token)
        .user_agent("order-service")
        .on_event(listener)
        .build()
        .map_err(|cause| Failure::because("cannot set up the client of the Product Service", cause))
}
