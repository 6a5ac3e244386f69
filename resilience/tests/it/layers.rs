//! The single layers and tower's own in one `ServiceBuilder`, with one error for all.

use std::time::Duration;

use resilience::adaptive::{AdaptiveLayer, AdaptiveLimit, AdaptivePolicy};
use resilience::bulkhead::{Bulkhead, BulkheadLayer, BulkheadPolicy, Full};
use resilience::chaos::{Chaos, ChaosLayer, ChaosPolicy};
use resilience::classify::TransientErrors;
use resilience::rate_limit::{Limited, RateLimit, RateLimitLayer, RateLimitPolicy};
use resilience::time;
use tower::{BoxError, Service, ServiceBuilder, ServiceExt};

use crate::peer::ms;

#[tokio::test(start_paused = true)]
async fn limits_and_chaos_stand_in_one_stack_with_one_error() {
    let bulkhead = Bulkhead::new("bulkhead", BulkheadPolicy::default().with_max_concurrent(1)).unwrap();
    let limit = AdaptiveLimit::new("limit", AdaptivePolicy::default()).unwrap();
    let twice = RateLimitPolicy::default()
        .with_rate(1, Duration::from_secs(3_600))
        .with_burst(2);
    let chaos = Chaos::new(ChaosPolicy::default().with_latency(1.0, ms(20))).unwrap();
    let mut service = ServiceBuilder::new()
        .layer(BulkheadLayer::new(bulkhead.clone()))
        .layer(AdaptiveLayer::new(limit.clone(), TransientErrors))
        .layer(RateLimitLayer::new(RateLimit::new("rate", twice).unwrap()))
        .concurrency_limit(10)
        .layer(ChaosLayer::new(chaos.clone(), |_| BoxError::from("chaos")))
        .service_fn(|id: u32| async move { Ok::<_, BoxError>(id * 2) });
    assert_eq!(service.ready().await.unwrap().call(21).await.unwrap(), 42);

    chaos.enable();
    let start = time::now();
    let late = service.ready().await.unwrap().call(21);
    let full = service.ready().await.unwrap().call(21).await.unwrap_err();
    assert_eq!(full.downcast_ref::<Full>().unwrap().name(), "bulkhead");
    assert_eq!(late.await.unwrap(), 42);
    assert_eq!(time::now() - start, ms(20));

    let limited = service.ready().await.unwrap().call(21).await.unwrap_err();
    assert_eq!(limited.downcast_ref::<Limited>().unwrap().name(), "rate");
    assert_eq!((bulkhead.in_flight(), limit.in_flight()), (0, 0));
}
