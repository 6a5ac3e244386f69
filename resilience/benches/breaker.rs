//! What a breaker costs a call, as a multiple of one look at the clock.
//!
//! `cargo bench -p call-resilience --bench breaker`. Each is measured in turns with the clock, so that whatever else
//! runs on the machine slows both, and the best round of each counts. Run as a test, it does one short round.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures real time, and the clock itself"
)]
#![expect(clippy::unwrap_used, reason = "the policies are valid")]

use std::future::{Future, Ready, ready};
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use resilience::breaker::{BreakerLayer, BreakerPolicy, BreakerService, CircuitBreaker, Open, WindowPolicy};
use resilience::classify::TransientErrors;
use tower::{Layer, Service};

fn main() {
    let full = std::env::args().any(|argument| argument == "--bench");
    let (rounds, calls) = if full { (100, 30_000) } else { (1, 100) };
    let default = BreakerPolicy::default();
    let slow = default.with_slow_call_duration(Duration::from_secs(1));
    let by_calls = default.with_window(WindowPolicy::Calls(100));
    println!("calls through a breaker, as multiples of Instant::now()");

    let mut services: Vec<(&str, BreakerService<Echo, TransientErrors>)> = vec![
        ("closed", service(&closed(default))),
        ("closed, looking for slow calls", service(&closed(slow))),
        ("closed, window by calls", service(&closed(by_calls))),
        ("closed, 10 calls in the window", filled(default, 10)),
        (
            "closed, 1,000,000 calls in the window",
            filled(default, 1_000_000),
        ),
        ("open", by_hand(default, CircuitBreaker::isolate)),
        ("disabled", by_hand(default, CircuitBreaker::disable)),
    ];
    let mut best = vec![f64::INFINITY; services.len() + 1];
    for _ in 0..rounds {
        best[0] = best[0].min(nanos_each(calls, || {
            black_box(Instant::now());
        }));
        for ((_, service), best) in services.iter_mut().zip(&mut best[1..]) {
            *best = best.min(nanos_each(calls, || call(service)));
        }
    }
    let clock = best[0];
    println!("{:<40} {clock:>7.1} ns", "Instant::now()");
    for ((name, _), nanos) in services.iter().zip(&best[1..]) {
        println!("{name:<40} {nanos:>7.1} ns  {:>5.2}x", nanos / clock);
    }

    let breaker = closed(default);
    let (one, two) = two_threads(rounds, calls, &service(&breaker));
    println!(
        "{:<40} {two:>7.1} ns  {:>5.2}x of one thread",
        "closed, two threads",
        two / one
    );
}

/// Answers at once.
#[derive(Clone)]
struct Echo;

impl Service<u64> for Echo {
    type Response = u64;
    type Error = Failure;
    type Future = Ready<Result<u64, Failure>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: u64) -> Self::Future {
        ready(Ok(request))
    }
}

struct Failure;

impl From<Open> for Failure {
    fn from(_: Open) -> Self {
        Self
    }
}

fn closed(policy: BreakerPolicy) -> CircuitBreaker {
    CircuitBreaker::new("bench", policy).unwrap()
}

fn service(breaker: &CircuitBreaker) -> BreakerService<Echo, TransientErrors> {
    BreakerLayer::new(breaker.clone(), TransientErrors).layer(Echo)
}

fn filled(policy: BreakerPolicy, calls: u32) -> BreakerService<Echo, TransientErrors> {
    let long = policy.with_window(Duration::from_secs(3_600));
    let mut service = service(&closed(long));
    (0..calls).for_each(|_| call(&mut service));
    service
}

fn by_hand(policy: BreakerPolicy, hand: fn(&CircuitBreaker)) -> BreakerService<Echo, TransientErrors> {
    let breaker = closed(policy);
    hand(&breaker);
    service(&breaker)
}

fn call(service: &mut BreakerService<Echo, TransientErrors>) {
    let mut context = Context::from_waker(Waker::noop());
    assert!(service.poll_ready(&mut context).is_ready());
    let future = pin!(service.call(black_box(1)));
    let Poll::Ready(answer) = future.poll(&mut context) else {
        unreachable!("the service answers at once")
    };
    let _ = black_box(answer);
}

fn nanos_each(calls: u32, mut call: impl FnMut()) -> f64 {
    let start = Instant::now();
    (0..calls).for_each(|_| call());
    start.elapsed().as_nanos() as f64 / f64::from(calls)
}

/// Nanoseconds a call with one thread, and with two that have a clone of the service each.
fn two_threads(rounds: u32, calls: u32, service: &BreakerService<Echo, TransientErrors>) -> (f64, f64) {
    let alone = || {
        let mut service = service.clone();
        std::thread::spawn(move || nanos_each(calls, || call(&mut service)))
    };
    let (mut one, mut two) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..rounds {
        one = one.min(alone().join().unwrap());
        let both = [alone(), alone()].map(|thread| thread.join().unwrap());
        two = two.min(both[0].max(both[1]));
    }
    (one, two)
}
