use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;
use resilience::event::{Event, Events, Notice};
use resilience::retry::{Jitter, RetryPolicy};
use resilience::{Call, Policy, PolicyBuilder};

use crate::peer::{Answer, Peer, built, by_status};

/// Each call of it tells of three retries and of giving up.
fn telling(events: &Events) -> Policy {
    built(failing().events(events))
}

fn failing() -> PolicyBuilder {
    Policy::builder().retry(RetryPolicy::default().with_jitter(Jitter::None))
}

async fn call(policy: &Policy) {
    let peer = Peer::answering([Answer::Status(503)]);
    policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
}

fn is_retrying(notice: &Notice) -> bool {
    matches!(notice.event, Event::Retrying { .. })
}

#[tokio::test(start_paused = true)]
async fn a_subscription_hears_every_policy_by_its_name() {
    let events = Events::new("inventory");
    let mut subscription = events.subscribe(16);
    call(&telling(&events.named("inventory.getStock"))).await;
    call(&telling(&events.named("inventory.createStock"))).await;

    let names: Vec<_> = std::iter::from_fn(|| subscription.try_recv())
        .filter(|notice| !is_retrying(notice))
        .map(|notice| notice.policy)
        .collect();
    assert_eq!(
        names,
        ["inventory.getStock".into(), "inventory.createStock".into()]
    );
    assert_eq!(subscription.dropped(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_full_channel_drops_and_counts_and_the_call_goes_on() {
    let policy = telling(&Events::default());
    let mut subscription = policy.events().subscribe(1);
    let mut roomy = policy.events().subscribe(100);
    call(&policy).await;

    assert_eq!(subscription.dropped(), 3);
    assert!(
        is_retrying(&subscription.recv().await.unwrap()),
        "the first is kept"
    );
    assert_eq!(subscription.try_recv(), None);
    assert_eq!(
        std::iter::from_fn(|| roomy.try_recv()).count(),
        4,
        "each channel has a bound of its own"
    );
}

#[tokio::test(start_paused = true)]
async fn no_room_at_all_is_room_for_one() {
    let policy = telling(&Events::default());
    let mut subscription = policy.events().subscribe(0);
    call(&policy).await;
    assert!(subscription.recv().await.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_subscription_ends_with_the_last_that_could_tell() {
    let policy = telling(&Events::default());
    let mut subscription = policy.events().subscribe(16);
    call(&policy).await;
    drop(policy);

    let mut heard = 0;
    while subscription.recv().await.is_some() {
        heard += 1;
    }
    assert_eq!(heard, 4);
}

#[tokio::test(start_paused = true)]
async fn a_subscription_is_a_stream() {
    let policy = telling(&Events::default());
    let mut subscription = pin!(policy.events().subscribe(16));
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(subscription.as_mut().poll_next(&mut context), Poll::Pending);
    call(&policy).await;
    assert!(matches!(
        subscription.as_mut().poll_next(&mut context),
        Poll::Ready(Some(notice)) if is_retrying(&notice)
    ));
}

#[tokio::test(start_paused = true)]
async fn dropping_one_subscription_leaves_the_others() {
    let policy = telling(&Events::default());
    let (first, mut second) = (policy.events().subscribe(16), policy.events().subscribe(16));
    drop(first);
    call(&policy).await;
    assert!(second.try_recv().is_some());
    drop(second);
    assert!(format!("{:?}", policy.events()).contains("is_heard: false"));
}

#[tokio::test(start_paused = true)]
async fn a_policys_own_listener_hears_that_policy_only() {
    let events = Events::new("shared");
    let (own, all) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(Vec::new())));
    let counted = Arc::clone(&own);
    let listening = built(
        failing()
            .on_event(move |_| *counted.lock().unwrap() += 1)
            .events(&events.named("listening")),
    );
    let noted = Arc::clone(&all);
    events.listen(move |name, _| noted.lock().unwrap().push(name.to_owned()));

    call(&listening).await;
    call(&telling(&events)).await;

    assert_eq!(*own.lock().unwrap(), 4);
    let all = all.lock().unwrap();
    let of = |name: &str| all.iter().filter(|heard| *heard == name).count();
    assert_eq!((of("listening"), of("shared"), all.len()), (4, 4, 8));
}

#[tokio::test(start_paused = true)]
async fn a_listener_may_subscribe_and_unsubscribe() {
    let policy = telling(&Events::default());
    let events = policy.events().clone();
    policy.events().listen(move |_, _| drop(events.subscribe(1)));
    call(&policy).await;
}
