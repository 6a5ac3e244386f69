//! Whatever calls bring, the limit stays in its range and no slot is lost.

use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use proptest::{collection, prop_assert, prop_assert_eq};
use resilience::adaptive::{AdaptivePolicy, Aimd, Algorithm, Gradient};
use resilience::time;

use super::limit;
use crate::peer::ms;

#[derive(Debug, Clone, Copy)]
enum Step {
    Acquire,
    Wait(u64),
    Success(usize),
    Overload(usize),
    Drop(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => proptest::strategy::Just(Step::Acquire),
        2 => (0..2_000_u64).prop_map(Step::Wait),
        4 => any::<usize>().prop_map(Step::Success),
        1 => any::<usize>().prop_map(Step::Overload),
        1 => any::<usize>().prop_map(Step::Drop),
    ]
}

fn algorithm() -> impl Strategy<Value = Algorithm> {
    prop_oneof![
        (1..100_u32).prop_map(|increase| Algorithm::Aimd(Aimd::default().with_increase(increase))),
        (1.0..3.0_f64, 1..100_u32, 0.01..1.0_f64).prop_map(|(tolerance, queue, smoothing)| {
            Algorithm::Gradient(
                Gradient::default()
                    .with_tolerance(tolerance)
                    .with_queue(queue)
                    .with_smoothing(smoothing),
            )
        }),
    ]
}

proptest! {
    #[test]
    fn the_limit_stays_in_its_range_and_slots_come_back(
        algorithm in algorithm(),
        min in 1..10_u32,
        extent in 0..30_u32,
        steps in collection::vec(step(), 1..400),
    ) {
        let policy = AdaptivePolicy::default()
            .with_algorithm(algorithm)
            .with_min_limit(min)
            .with_initial_limit(min + extent / 2)
            .with_max_limit(min + extent)
            .with_min_samples(1)
            .with_window(ms(100));
        let limit = limit(policy);
        let mut now = time::now();
        let mut slots = Vec::new();
        for step in steps {
            match step {
                Step::Acquire => match limit.try_acquire(now) {
                    Ok(slot) => slots.push(slot),
                    Err(full) => prop_assert_eq!(full.limit(), limit.limit()),
                },
                Step::Wait(wait) => now += ms(wait),
                Step::Success(_) | Step::Overload(_) | Step::Drop(_) if slots.is_empty() => {}
                Step::Success(number) => {
                    slots.swap_remove(number % slots.len()).success(now);
                }
                Step::Overload(number) => {
                    slots.swap_remove(number % slots.len()).overload(now);
                }
                Step::Drop(number) => drop(slots.swap_remove(number % slots.len())),
            }
            prop_assert!((policy.min_limit..=policy.max_limit).contains(&limit.limit()), "{limit:?}");
            prop_assert_eq!(limit.in_flight() as usize, slots.len());
        }
        drop(slots);
        prop_assert_eq!((limit.in_flight(), limit.waiting()), (0, 0));
    }
}
