use std::sync::{Arc, Mutex};
use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker, OpenReason, State};
use resilience::event::Event;
use resilience::hedge::HedgePolicy;
use resilience::retry::{Jitter, RetryPolicy, Stop};
use resilience::{Call, Deadline, Policy, PolicyBuilder, Settings, fallback, time};

use crate::peer::{Answer, Peer, breaker, built, by_status, ms};

/// Tells events in words, as they came.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn listen(&self, builder: PolicyBuilder) -> Policy {
        let log = self.clone();
        built(builder.on_event(move |event| log.0.lock().unwrap().push(words(event))))
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn words(event: &Event) -> String {
    match event {
        Event::Retrying { attempt, delay, .. } => format!("retrying {attempt} after {delay:?}"),
        Event::Hedged { attempt, .. } => format!("hedged by {attempt}"),
        Event::FellBack { attempts, .. } => format!("fell back after {attempts}"),
        Event::AttemptTimedOut { attempt, .. } => format!("timed out {attempt}"),
        Event::GaveUp { attempts, stop, .. } => format!("gave up {attempts}: {stop}"),
        Event::DeadlineExceeded { attempts, .. } => format!("deadline {attempts}"),
        Event::Rejected { open, .. } => format!("rejected by {}", open.name()),
        Event::BreakerOpened { name, reason, .. } => format!("opened {name}: {reason}"),
        Event::BreakerHalfOpened { name, .. } => format!("half-opened {name}"),
        Event::BreakerClosed { name, .. } => format!("closed {name}"),
        other => format!("{other:?}"),
    }
}

fn two_in_a_row() -> CircuitBreaker {
    breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(2)
            .with_trials(1),
    )
}

fn exact() -> PolicyBuilder {
    Policy::builder().retry(RetryPolicy::default().with_jitter(Jitter::None))
}

#[tokio::test(start_paused = true)]
async fn the_life_of_a_breaker_is_told_in_order() {
    let log = Log::default();
    let policy = log.listen(exact().breaker(two_in_a_row()));
    let peer = Peer::answering([Answer::Status(503), Answer::Status(503), Answer::Status(200)]);
    let ask = || policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));

    ask().await.unwrap();
    let expected = [
        "retrying 1 after 100ms",
        "opened peer: 2 failures in a row",
        "gave up 2: the circuit breaker is open",
    ];
    assert_eq!(log.take(), expected);

    ask().await.unwrap_err();
    assert_eq!(log.take(), ["rejected by peer"]);

    time::sleep(Duration::from_secs(30)).await;
    ask().await.unwrap();
    assert_eq!(log.take(), ["half-opened peer", "closed peer"]);
}

#[tokio::test(start_paused = true)]
async fn time_limits_are_told() {
    let log = Log::default();
    let policy = log.listen(exact().attempt_timeout(ms(600)));
    let peer = Peer::answering([Answer::Hang]);
    let call = Call::idempotent().with_deadline(Deadline::after(ms(1_000)));
    policy
        .run(call, by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert_eq!(
        log.take(),
        ["timed out 1", "retrying 1 after 100ms", "deadline 2"]
    );
}

#[tokio::test(start_paused = true)]
async fn hedges_and_fallbacks_are_told() {
    let log = Log::default();
    let hedge = HedgePolicy::after(ms(50));
    let policy = log.listen(exact().hedge(hedge).attempt_timeout(ms(200)));
    let peer = Peer::answering([Answer::Hang]);
    let stale = fallback::value((299, None));
    policy
        .run_or(Call::idempotent(), by_status, |attempt| peer.ask(attempt), &stale)
        .await
        .unwrap();
    let expected = [
        "hedged by 2",
        "timed out 1",
        "timed out 2",
        "gave up 2: the retries are spent",
        "fell back after 2",
    ];
    assert_eq!(log.take(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_success_is_silent() {
    let log = Log::default();
    let policy = log.listen(exact().breaker(two_in_a_row()));
    let peer = Peer::answering([Answer::Status(200)]);
    policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert!(log.take().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_opening_by_a_dropped_call_is_told_too() {
    let log = Log::default();
    let policy = log.listen(exact().breaker(breaker(BreakerPolicy::default().with_consecutive_failures(1))));
    let peer = Peer::answering([Answer::Hang]);
    let deadline = Deadline::after(ms(100));
    tokio::select! {
        biased;
        () = time::sleep_until(deadline.instant()) => {}
        _ = policy.run(Call::idempotent().with_deadline(deadline), by_status, |attempt| peer.ask(attempt)) => {}
    }
    assert_eq!(log.take(), ["opened peer: 1 failure in a row"]);
}

#[tokio::test(start_paused = true)]
async fn the_listener_may_ask_the_breaker() {
    let breaker = two_in_a_row();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (asked, noted) = (breaker.clone(), Arc::clone(&seen));
    let policy = built(exact().breaker(breaker).on_event(move |event| {
        if let Event::BreakerOpened { reason, .. } = event {
            noted
                .lock()
                .unwrap()
                .push((*reason, asked.state(), asked.openings()));
        }
    }));
    let peer = Peer::answering([Answer::Status(503)]);
    policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    let expected = (
        OpenReason::ConsecutiveFailures(2),
        resilience::breaker::State::Open,
        1,
    );
    assert_eq!(*seen.lock().unwrap(), [expected]);
}

#[tokio::test(start_paused = true)]
async fn a_listener_may_change_what_it_hears_of() {
    let policy = Policy::from_settings("peer", &Settings::default()).unwrap();
    let (breaker, changed) = (policy.breaker().unwrap().clone(), policy.clone());
    policy.events().listen(move |_, event| {
        if let Event::BreakerOpened { .. } = event {
            changed.events().listen(|_, _| {});
            changed
                .reload(&Settings::default().with_retry(RetryPolicy::never()))
                .unwrap();
            breaker.close();
        }
    });
    let peer = Peer::answering([Answer::Status(500)]);
    for _ in 0..5 {
        let call = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
        call.await.unwrap();
    }
    let state = policy.breaker().unwrap().state();
    assert_eq!((state, policy.retry().max_retries), (State::Closed, 0));
}

#[test]
fn every_stop_has_words_of_its_own() {
    let stops = [
        Stop::NotRetryable,
        Stop::NotIdempotent,
        Stop::RetriesSpent,
        Stop::DeadlineTooClose,
        Stop::CircuitOpen,
        Stop::BudgetExhausted,
    ];
    let distinct: std::collections::HashSet<_> = stops.iter().map(ToString::to_string).collect();
    assert_eq!(distinct.len(), stops.len());
}
