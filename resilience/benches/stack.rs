//! What a whole policy costs a call whose answer is there at once, beyond the call itself.
//!
//! `cargo bench -p call-resilience --bench stack`. Everything is measured in turns, so that whatever else runs on the
//! machine slows all alike, and the best round of each counts. Run as a test, it does one short round.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures real time, and the clock itself"
)]
#![expect(clippy::unwrap_used, reason = "the policies are valid")]

use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use resilience::breaker::BreakerPolicy;
use resilience::bulkhead::BulkheadPolicy;
use resilience::classify::TransientErrors;
use resilience::hedge::HedgePolicy;
use resilience::rate_limit::RateLimitPolicy;
use resilience::{Call, Policy, Settings};
use tower::{Layer, Service};

fn main() {
    let full = std::env::args().any(|argument| argument == "--bench");
    let (rounds, calls) = if full { (100, 30_000) } else { (1, 100) };

    let default = Settings::default();
    let slow = BreakerPolicy::default().with_slow_call_duration(Duration::from_secs(1));
    let everything = default
        .with_breaker(slow)
        .with_hedge(HedgePolicy::default())
        .with_bulkhead(BulkheadPolicy::default())
        .with_rate_limit(
            RateLimitPolicy::default()
                .with_rate(1_000_000_000, Duration::from_secs(1))
                .with_burst(1_000_000),
        );
    let settings = [
        ("default", default),
        ("default, looking for slow calls", default.with_breaker(slow)),
        ("default without a breaker", default.with_breaker(None)),
        ("every part", everything),
    ];
    let policies: Vec<_> = settings
        .into_iter()
        .map(|(name, settings)| (name, Policy::from_settings(name, &settings).unwrap()))
        .collect();
    let isolated = Policy::from_settings("isolated", &default).unwrap();
    isolated.breaker().unwrap().isolate();

    let mut cases: Vec<Case<'_>> = vec![
        Case::new("Instant::now()", || {
            black_box(Instant::now());
        }),
        Case::new("the bare service", through(Echo)),
    ];
    for (name, policy) in &policies {
        let layer = policy.layer().with_call(|_: &u64| Call::idempotent());
        cases.push(Case::new(format!("layer: {name}"), through(layer.layer(Echo))));
        cases.push(Case::new(format!("run: {name}"), run(policy)));
    }
    cases.push(Case::new(
        "layer: circuit isolated",
        through(isolated.layer().layer(Echo)),
    ));
    cases.push(Case::new("run: circuit isolated", run(&isolated)));

    for _ in 0..rounds {
        for case in &mut cases {
            case.best = case.best.min(nanos_each(calls, &mut case.call));
        }
    }
    let bare = cases[1].best;
    println!(
        "{:<42} {:>9} {:>14} {:>11}",
        "a call, its answer there at once", "ns", "beyond bare", "allocations"
    );
    for case in &mut cases {
        let allocations = allocation_counter::measure(&mut case.call).count_total;
        let beyond = case.best - bare;
        println!(
            "{:<42} {:>9.1} {beyond:>14.1} {allocations:>11}",
            case.name, case.best
        );
    }
    let (one, two) = two_threads(rounds, calls, &policies[0].1);
    let name = "layer: default, two threads";
    println!("{name:<42} {two:>9.1} {:>13.2}x of one thread", two / one);
}

/// Nanoseconds a call with one thread, and with two that have a clone of the service each.
fn two_threads(rounds: u32, calls: u32, policy: &Policy) -> (f64, f64) {
    let service = policy.layer().layer(Echo);
    let alone = || {
        let service = service.clone();
        std::thread::spawn(move || nanos_each(calls, through(service)))
    };
    let (mut one, mut two) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..rounds {
        one = one.min(alone().join().unwrap());
        let both = [alone(), alone()].map(|thread| thread.join().unwrap());
        two = two.min(both[0].max(both[1]));
    }
    (one, two)
}

struct Case<'a> {
    name: String,
    call: Box<dyn FnMut() + 'a>,
    best: f64,
}

impl<'a> Case<'a> {
    fn new(name: impl Into<String>, call: impl FnMut() + 'a) -> Self {
        Self {
            name: name.into(),
            call: Box::new(call),
            best: f64::INFINITY,
        }
    }
}

/// Answers at once.
#[derive(Clone)]
struct Echo;

impl Service<u64> for Echo {
    type Response = u64;
    type Error = Infallible;
    type Future = Ready<Result<u64, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: u64) -> Self::Future {
        ready(Ok(request))
    }
}

fn through<S: Service<u64, Response = u64>>(mut service: S) -> impl FnMut() {
    move || {
        let mut context = Context::from_waker(Waker::noop());
        assert!(service.poll_ready(&mut context).is_ready());
        let call = pin!(service.call(black_box(7)));
        assert!(call.poll(&mut context).is_ready());
    }
}

fn run(policy: &Policy) -> impl FnMut() {
    move || {
        let operation = |_| ready(Ok::<u64, Infallible>(black_box(7)));
        let call = pin!(policy.run(Call::idempotent(), TransientErrors, operation));
        assert!(call.poll(&mut Context::from_waker(Waker::noop())).is_ready());
    }
}

fn nanos_each(calls: u32, mut call: impl FnMut()) -> f64 {
    let begin = Instant::now();
    for _ in 0..calls {
        call();
    }
    begin.elapsed().as_nanos() as f64 / f64::from(calls)
}
