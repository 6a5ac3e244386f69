use std::time::Duration;

use loom::sync::Arc;
use loom::thread;

use super::RateLimitPolicy;
use super::gcra::Gcra;
use crate::check;

/// One call at once, and one an hour after it.
fn gcra() -> Arc<Gcra> {
    let policy = RateLimitPolicy::default()
        .with_rate(1, Duration::from_secs(3_600))
        .with_burst(1);
    Arc::new(Gcra::new(policy))
}

fn waits(gcra: &Gcra) -> Duration {
    gcra.reserve(Duration::ZERO, Duration::MAX)
        .expect("it may wait for ever")
        .wait
}

#[test]
fn of_three_callers_each_gets_a_turn_of_its_own() {
    check(|| {
        let gcra = gcra();
        let others = [(); 2].map(|()| {
            let gcra = Arc::clone(&gcra);
            thread::spawn(move || waits(&gcra).as_secs() / 3_600)
        });
        let mine = waits(&gcra).as_secs() / 3_600;
        let mut turns = vec![mine];
        turns.extend(others.map(|other| other.join().unwrap()));
        turns.sort_unstable();
        assert_eq!(turns, [0, 1, 2]);
    });
}

#[test]
fn a_turn_given_back_is_taken_by_one_other_or_lost() {
    check(|| {
        let gcra = gcra();
        let grant = gcra.reserve(Duration::ZERO, Duration::ZERO).expect("the first");
        let taker = {
            let gcra = Arc::clone(&gcra);
            thread::spawn(move || waits(&gcra).as_secs() / 3_600)
        };
        gcra.give_back(grant);
        let turn = taker.join().unwrap();
        let next = waits(&gcra).as_secs() / 3_600;
        assert!((turn, next) == (0, 1) || (turn, next) == (1, 2), "{turn}, {next}");
    });
}
