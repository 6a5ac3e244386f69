use std::collections::HashSet;
use std::time::Duration;

use proptest::prelude::{Strategy, proptest};
use proptest::prop_assert;
use resilience::retry::{Jitter, Random, RetryPolicy};

use crate::peer::ms;

fn delays(policy: RetryPolicy, random: &Random, count: usize) -> Vec<Duration> {
    policy.backoff(random).take(count).collect()
}

#[test]
fn a_thousand_first_waits_are_nearly_all_different() {
    for jitter in [
        Jitter::Full,
        Jitter::Equal,
        Jitter::Decorrelated,
        Jitter::Additive(0.5),
    ] {
        for random in [Random::default(), Random::seeded(1)] {
            let policy = RetryPolicy::default().with_jitter(jitter);
            let distinct: HashSet<_> = (0..1_000).map(|_| policy.backoff(&random).next_delay()).collect();
            assert!(distinct.len() > 900, "{jitter:?}: {}", distinct.len());
        }
    }
}

#[test]
fn without_jitter_the_steps_double_up_to_the_longest() {
    let policy = RetryPolicy::default().with_jitter(Jitter::None);
    let expected = [100, 200, 400, 800, 1_600, 2_000, 2_000].map(ms);
    assert_eq!(delays(policy, &Random::default(), 7), expected);
}

#[test]
fn a_source_at_its_ends_gives_the_ends_of_the_range() {
    let steps = |jitter, draw| {
        let policy = RetryPolicy::default().with_jitter(jitter);
        delays(policy, &Random::from_fn(move || draw), 3)
    };
    assert_eq!(steps(Jitter::Full, 0.0), [0, 0, 0].map(ms));
    assert_eq!(steps(Jitter::Full, 1.0), [100, 200, 400].map(ms));
    assert_eq!(steps(Jitter::Equal, 0.0), [50, 100, 200].map(ms));
    assert_eq!(steps(Jitter::Equal, 1.0), [100, 200, 400].map(ms));
    assert_eq!(steps(Jitter::Additive(0.5), 0.0), [100, 200, 400].map(ms));
    assert_eq!(steps(Jitter::Additive(0.5), 1.0), [150, 300, 600].map(ms));
    assert_eq!(steps(Jitter::Decorrelated, 0.0), [100, 100, 100].map(ms));
    assert_eq!(steps(Jitter::Decorrelated, 1.0), [300, 900, 2_000].map(ms));
}

#[test]
fn a_source_that_draws_nonsense_stays_within_the_range() {
    let policy = RetryPolicy::default();
    for (draw, expected) in [(-1.0, 0), (7.0, 100), (f64::NAN, 0), (f64::INFINITY, 100)] {
        assert_eq!(
            policy.backoff(&Random::from_fn(move || draw)).next_delay(),
            ms(expected)
        );
    }
}

#[test]
fn the_longest_durations_do_not_overflow() {
    for jitter in [
        Jitter::Full,
        Jitter::Equal,
        Jitter::Decorrelated,
        Jitter::Additive(0.5),
        Jitter::None,
    ] {
        let policy = RetryPolicy::default()
            .with_base_delay(Duration::MAX)
            .with_max_delay(Duration::MAX)
            .with_factor(f64::MAX)
            .with_jitter(jitter);
        assert_eq!(delays(policy, &Random::from_fn(|| 1.0), 3).len(), 3);
    }
}

#[test]
fn a_base_beyond_the_longest_is_the_longest() {
    for jitter in [Jitter::None, Jitter::Decorrelated] {
        let policy = RetryPolicy::default()
            .with_base_delay(ms(3_000))
            .with_jitter(jitter);
        assert_eq!(
            delays(policy, &Random::default(), 2),
            [2_000, 2_000].map(ms),
            "not validated, {jitter:?}"
        );
    }
}

fn policy() -> impl Strategy<Value = RetryPolicy> {
    (0..5_000_u64, 0..60_000_u64, 1.0..10.0_f64).prop_map(|(base, more, factor)| {
        RetryPolicy::default()
            .with_base_delay(ms(base))
            .with_max_delay(ms(base + more))
            .with_factor(factor)
    })
}

proptest! {
    #[test]
    fn every_wait_stays_within_its_bounds(policy in policy(), part in 0.0..3.0_f64, seed in 0..u64::MAX) {
        let random = Random::seeded(seed);
        let steps = delays(policy.with_jitter(Jitter::None), &random, 20);
        let of = |jitter| delays(policy.with_jitter(jitter), &random, 20);
        let grain = Duration::from_nanos(2);
        for (full, step) in of(Jitter::Full).into_iter().zip(&steps) {
            prop_assert!(full <= *step);
        }
        for (equal, step) in of(Jitter::Equal).into_iter().zip(&steps) {
            prop_assert!(*step / 2 <= equal && equal <= *step);
        }
        for (additive, step) in of(Jitter::Additive(part)).into_iter().zip(&steps) {
            prop_assert!(*step <= additive && additive <= *step + step.mul_f64(part) + grain);
        }
        let mut previous = policy.base_delay;
        for wait in of(Jitter::Decorrelated) {
            prop_assert!(policy.base_delay <= wait);
            prop_assert!(wait <= (previous * 3).min(policy.max_delay));
            previous = wait;
        }
    }

    #[test]
    fn steps_grow_by_the_factor_and_never_shrink(policy in policy()) {
        let steps = delays(policy.with_jitter(Jitter::None), &Random::default(), 20);
        for (index, step) in steps.iter().enumerate() {
            let ideal = policy.base_delay.as_secs_f64() * policy.factor.powi(index as i32);
            let ideal = ideal.min(policy.max_delay.as_secs_f64());
            prop_assert!((step.as_secs_f64() - ideal).abs() <= ideal * 1e-6 + 1e-6, "{step:?} for {ideal}");
        }
        prop_assert!(steps.is_sorted());
    }
}
