use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use allocation_counter::measure;
use resilience::rate_limit::RateLimitPolicy;
use resilience::time::{self, timeout_at};
use resilience::{Deadline, time::Instant};

use super::{SECOND, by, limit, policy};
use crate::peer::ms;

/// How many calls may be sent at `now` without a wait.
fn free(limit: &resilience::rate_limit::RateLimit, now: Instant) -> usize {
    let at_once = Deadline::at(now);
    std::iter::from_fn(|| limit.reserve(now, at_once).ok()).count()
}

#[test]
fn a_burst_goes_at_once_and_then_calls_are_spread_evenly() {
    let limit = limit(policy(10, SECOND, 3));
    let now = time::now();
    let waits: Vec<_> = (0..6).map(|_| limit.reserve(now, by(now)).unwrap()).collect();
    assert_eq!(waits, [ms(0), ms(0), ms(0), ms(100), ms(200), ms(300)]);
}

#[test]
fn a_quiet_time_saves_up_a_burst_and_no_more() {
    let limit = limit(policy(10, SECOND, 3));
    let start = time::now();
    assert_eq!(free(&limit, start), 3);
    assert_eq!(free(&limit, start + ms(99)), 0);
    assert_eq!(free(&limit, start + ms(100)), 1);
    assert_eq!(free(&limit, start + ms(300)), 2);
    assert_eq!(free(&limit, start + Duration::from_secs(86_400)), 3);
}

#[test]
fn a_turn_that_comes_too_late_is_not_taken_and_tells_when_to_try_again() {
    let limit = limit(policy(10, SECOND, 1).with_max_wait(ms(250)));
    let now = time::now();
    limit.reserve(now, by(now)).unwrap();
    for _ in 0..3 {
        let limited = limit.reserve(now, Deadline::after_at(now, ms(99))).unwrap_err();
        assert_eq!((limited.name(), limited.retry_after()), ("peer", Some(ms(100))));
        assert_eq!(
            limited.to_string(),
            "rate limit peer is reached for another 100ms"
        );
    }
    assert_eq!(limit.reserve(now, by(now)).unwrap(), ms(100));
    assert_eq!(limit.reserve(now, by(now)).unwrap(), ms(200));
    let limited = limit.reserve(now, by(now)).unwrap_err();
    assert_eq!(limited.retry_after(), Some(ms(300)), "beyond max_wait");
}

#[tokio::test(start_paused = true)]
async fn acquiring_waits_for_the_turn() {
    let limit = limit(policy(10, SECOND, 1));
    let start = time::now();
    for turn in 0..5 {
        limit.acquire(time::now(), by(start)).await.unwrap();
        assert_eq!(time::now() - start, ms(100) * turn);
    }
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_last_gives_the_turn_back() {
    let limit = limit(policy(10, SECOND, 1));
    let start = time::now();
    limit.acquire(start, by(start)).await.unwrap();
    for _ in 0..3 {
        let waiting = limit.acquire(time::now(), by(start));
        timeout_at(time::now() + ms(10), waiting).await.unwrap_err();
    }
    assert_eq!(limit.reserve(start, by(start)).unwrap(), ms(100));
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_before_others_changes_nothing_for_them() {
    let limit = limit(policy(10, SECOND, 1));
    let start = time::now();
    limit.acquire(start, by(start)).await.unwrap();
    let mut first = Box::pin(limit.acquire(start, by(start)));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    assert_eq!(limit.reserve(start, by(start)).unwrap(), ms(200));
    drop(first);
    assert_eq!(limit.reserve(start, by(start)).unwrap(), ms(300));
}

#[tokio::test(start_paused = true)]
async fn an_acquisition_that_was_never_polled_takes_no_turn() {
    let limit = limit(policy(10, SECOND, 1));
    drop(limit.acquire(time::now(), by(time::now())));
    assert_eq!(free(&limit, time::now()), 1);
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_has_come_is_used_up() {
    let limit = limit(policy(10, SECOND, 1));
    let start = time::now();
    limit.acquire(start, by(start)).await.unwrap();
    limit.acquire(start, by(start)).await.unwrap();
    assert_eq!(time::now() - start, ms(100));
    assert_eq!(free(&limit, time::now()), 0);
}

#[tokio::test(start_paused = true)]
async fn a_new_policy_keeps_the_debt_in_calls() {
    let limit = limit(policy(1, Duration::from_secs(86_400), 5));
    let now = time::now();
    assert_eq!(free(&limit, now), 5);
    limit.set_policy(policy(10, SECOND, 5)).unwrap();
    assert_eq!(
        limit.reserve(now, by(now)).unwrap(),
        ms(100),
        "five are still owed"
    );
    limit.set_policy(policy(10, SECOND, 10)).unwrap();
    assert_eq!(free(&limit, now), 4, "six of ten are owed");
    limit.set_policy(policy(10, SECOND, 8)).unwrap();
    assert_eq!(limit.reserve(now, by(now)).unwrap(), ms(300));
    let refused = policy(0, SECOND, 1);
    limit.set_policy(refused).unwrap_err();
    assert_eq!(limit.policy(), policy(10, SECOND, 8));
}

#[tokio::test(start_paused = true)]
async fn a_new_policy_gives_nothing_away() {
    let limit = limit(policy(7, SECOND, 7));
    let now = time::now();
    assert_eq!(free(&limit, now), 7);
    for calls in [3, 11, 7, 1_000_000, 7] {
        limit.set_policy(policy(calls, SECOND, 7)).unwrap();
        assert_eq!(free(&limit, now), 0, "{calls}");
    }
}

#[test]
fn threads_share_one_burst() {
    let limit = limit(policy(1, SECOND, 1_000));
    let (now, granted) = (time::now(), AtomicU32::new(0));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| granted.fetch_add(free(&limit, now) as u32, Ordering::Relaxed));
        }
    });
    assert_eq!(granted.into_inner(), 1_000);
}

#[test]
fn neither_a_turn_nor_a_rejection_allocates() {
    let limit = limit(policy(1, SECOND, 1));
    let now = time::now();
    assert_eq!(measure(|| drop(limit.reserve(now, by(now)))).count_total, 0);
    let at_once = Deadline::at(now);
    assert_eq!(
        measure(|| drop(limit.reserve(now, at_once).unwrap_err())).count_total,
        0
    );
}

#[test]
fn a_policy_that_cannot_work_is_refused_by_key() {
    let keys = |policy: RateLimitPolicy| {
        let invalid = policy.validate().unwrap_err();
        invalid.keys().collect::<Vec<_>>()
    };
    assert_eq!(RateLimitPolicy::default().validate(), Ok(()));
    assert_eq!(keys(policy(0, SECOND, 1)), ["rate_limit.calls"]);
    assert_eq!(keys(policy(1, SECOND, 0)), ["rate_limit.burst"]);
    let more_than_one_a_nanosecond = policy(1_001, Duration::from_micros(1), 1);
    assert_eq!(
        keys(more_than_one_a_nanosecond),
        ["rate_limit.calls", "rate_limit.period"]
    );
    let for_ever = policy(1, SECOND, u32::MAX);
    assert_eq!(
        keys(for_ever),
        ["rate_limit.burst", "rate_limit.calls", "rate_limit.period"]
    );
    let patient = policy(1, SECOND, 1).with_max_wait(Duration::MAX);
    assert_eq!(keys(patient), ["rate_limit.max_wait"]);
    let never = policy(1, Duration::ZERO, 1);
    assert!(keys(never).contains(&"rate_limit.period"));
}
