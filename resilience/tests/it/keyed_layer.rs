//! The registry as a tower layer.

use std::convert::Infallible;

use resilience::breaker::{BreakerPolicy, State};
use resilience::classify::Classification;
use resilience::event::Events;
use resilience::registry::{KeyedLayer, Registry, RegistryPolicy};
use resilience::retry::RetryPolicy;
use resilience::{Error, Policy, Settings};
use tower::{Layer, Service, ServiceExt, service_fn};

/// The key and the status that the peer answers.
type Request = (&'static str, u16);

fn registry(max_entries: usize) -> Registry<Policy> {
    let policy = RegistryPolicy::default().with_max_entries(max_entries);
    Registry::new(policy, &Events::default(), |key| {
        let trials = u32::from(key != "cannot work");
        Settings::default().with_retry(RetryPolicy::never()).with_breaker(
            BreakerPolicy::default()
                .with_consecutive_failures(1)
                .with_trials(trials),
        )
    })
    .unwrap()
}

fn peers(
    registry: &Registry<Policy>,
) -> impl Service<Request, Response = u16, Error = Error<Infallible>, Future: Send> + Clone {
    let by_status = |result: Result<&u16, &Infallible>| match result {
        Ok(500..) => Classification::FAILURE,
        _ => Classification::SUCCESS,
    };
    let layer = Policy::builder()
        .build()
        .unwrap()
        .layer()
        .with_classifier(by_status);
    let peer = service_fn(|(_, status): Request| async move { Ok::<_, Infallible>(status) });
    KeyedLayer::new(registry, |request: &Request| request.0, layer).layer(peer)
}

#[tokio::test(start_paused = true)]
async fn a_dead_host_does_not_open_the_circuit_of_its_neighbour() {
    let registry = registry(8);
    let mut peers = peers(&registry);
    let mut ask = async |request| peers.ready().await.unwrap().call(request).await;
    assert_eq!(ask(("dead", 503)).await.unwrap(), 503);
    assert!(ask(("dead", 200)).await.unwrap_err().is_circuit_open());
    assert_eq!(ask(("alive", 200)).await.unwrap(), 200);
    let state = |key: &str| {
        registry
            .get(key)
            .and_then(|policy| Some(policy.breaker()?.state()))
    };
    assert_eq!(
        (state("dead"), state("alive")),
        (Some(State::Open), Some(State::Closed))
    );
}

#[tokio::test(start_paused = true)]
async fn a_key_whose_settings_cannot_work_is_called_under_the_shared_policy() {
    let registry = registry(8);
    let mut peers = peers(&registry);
    let answer = peers.ready().await.unwrap().call(("cannot work", 503)).await;
    assert_eq!(answer.unwrap(), 503);
    assert!(registry.is_empty());
    let shared = registry.shared();
    assert_eq!(shared.breaker().unwrap().state(), State::Open);
}

#[tokio::test(start_paused = true)]
async fn a_call_under_way_keeps_its_policy_and_one_that_ended_does_not() {
    let registry = registry(1);
    let mut peers = peers(&registry);
    let under_way = peers.ready().await.unwrap().call(("first", 200));
    assert_eq!(
        peers.ready().await.unwrap().call(("second", 200)).await.unwrap(),
        200
    );
    assert!(
        registry.get("first").is_some(),
        "the second was called under the shared policy"
    );
    assert_eq!(under_way.await.unwrap(), 200);
    assert_eq!(
        peers.ready().await.unwrap().call(("second", 200)).await.unwrap(),
        200
    );
    assert!(registry.get("second").is_some());
}
