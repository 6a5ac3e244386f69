//! One breaker and many threads.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker, State, WindowPolicy};
use resilience::time;

use crate::peer::breaker;

/// Runs `work` on so many threads, all of which begin together.
fn at_once(threads: usize, work: impl Fn(usize) + Sync) {
    let start = Barrier::new(threads);
    thread::scope(|scope| {
        for number in 0..threads {
            let (start, work) = (&start, &work);
            scope.spawn(move || {
                start.wait();
                work(number);
            });
        }
    });
}

fn opened(policy: BreakerPolicy) -> CircuitBreaker {
    let (breaker, now) = (breaker(policy.with_consecutive_failures(1)), time::now());
    breaker.admit(now).unwrap().failure(now);
    breaker
}

#[test]
fn of_five_hundred_threads_at_a_half_open_breaker_one_gets_the_trial() {
    for trials in [1, 3] {
        let breaker = opened(BreakerPolicy::default().with_trials(trials));
        let (now, admitted) = (time::now() + Duration::from_secs(30), AtomicU32::new(0));
        at_once(500, |_| {
            if let Ok(permit) = breaker.admit(now) {
                admitted.fetch_add(1, Ordering::Relaxed);
                std::mem::forget(permit);
            }
        });
        assert_eq!(admitted.into_inner(), trials);
        assert_eq!(breaker.state(), State::HalfOpen);
    }
}

#[test]
fn trials_that_threads_hand_back_are_neither_lost_nor_doubled() {
    let breaker = opened(BreakerPolicy::default().with_trials(3));
    let now = time::now() + Duration::from_secs(30);
    at_once(8, |_| {
        for _ in 0..2_000 {
            if let Ok(permit) = breaker.admit(now) {
                let taken = breaker.snapshot_at(now).trials;
                assert!((1..=3).contains(&taken), "{taken} trials under way");
                permit.ignore(now);
            }
        }
    });
    assert_eq!(breaker.snapshot_at(now).trials, 0);
    let trials = [(); 3].map(|()| breaker.admit(now).unwrap());
    assert!(breaker.admit(now).is_err());
    for trial in trials {
        trial.success(now);
    }
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn no_success_of_any_thread_is_lost() {
    // More threads than have a counter of their own.
    const THREADS: usize = 24;
    const CALLS: usize = 20_000;
    for window in [
        WindowPolicy::Time(Duration::from_secs(3_600)),
        WindowPolicy::Calls(1_000_000),
    ] {
        let policy = BreakerPolicy::default()
            .with_window(window)
            .with_consecutive_failures(None);
        let (breaker, now) = (breaker(policy), time::now());
        at_once(THREADS, |number| {
            for call in 0..CALLS {
                let permit = breaker.admit(now).unwrap();
                if number == 0 && call % 100 == 0 {
                    permit.failure(now);
                } else {
                    permit.success(now);
                }
            }
        });
        let seen = breaker.snapshot_at(now);
        assert_eq!(seen.calls, (THREADS * CALLS) as u64, "{window:?}");
        assert_eq!(seen.failures, (CALLS / 100) as u64);
    }
}

#[test]
fn threads_that_come_and_go_lose_no_success() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    for _ in 0..100 {
        at_once(4, |_| {
            for _ in 0..50 {
                breaker.admit(now).unwrap().success(now);
            }
        });
    }
    assert_eq!(breaker.snapshot_at(now).calls, 100 * 4 * 50);
}

#[test]
fn no_result_crosses_from_one_closed_state_into_the_next() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    for _ in 0..200 {
        let late: Vec<_> = (0..64).map(|_| breaker.admit(now).unwrap()).collect();
        let late = std::sync::Mutex::new(late);
        at_once(3, |number| {
            if number == 0 {
                breaker.close();
            } else {
                while let Some(permit) = { late.lock().unwrap().pop() } {
                    permit.success(now);
                }
            }
        });
        assert_eq!(breaker.snapshot_at(now).calls, 0);
    }
}
