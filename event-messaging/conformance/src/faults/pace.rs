//! What a back-off allows, in a form that holds on any machine: the shortest gaps, and the most tries in a time.

use event_messaging::Backoff;
use event_messaging::clock::Instant;
use std::time::Duration;

/// How much too early a wait may seem to end that a database measures: it may count whole milliseconds.
pub(crate) const GRAIN: Duration = Duration::from_millis(3);

/// The shortest wait after failure number `failures`; the first one is 1.
fn shortest(backoff: &Backoff, failures: u32) -> Duration {
    let doubled = backoff.base.saturating_mul(2_u32.saturating_pow(failures - 1));
    // The random part takes half of it at most.
    doubled.min(backoff.cap) / 2
}

/// How many tries there can be within a time, the first of them at its beginning.
pub(crate) fn most_tries(backoff: &Backoff, time: Duration) -> usize {
    let (mut tries, mut rested) = (1, Duration::ZERO);
    loop {
        rested += shortest(backoff, tries);
        if rested > time {
            return tries as usize;
        }
        tries += 1;
    }
}

/// Sees that somebody who failed each time has rested after each failure, and longer each time.
///
/// # Panics
///
/// When it has not.
pub(crate) fn assert_backed_off(who: &str, backoff: &Backoff, tries: &[Instant]) {
    for (failures, pair) in (1..).zip(tries.windows(2)) {
        let (rest, owed) = (pair[1] - pair[0], shortest(backoff, failures));
        assert!(
            rest + GRAIN >= owed,
            "{who} rests for {owed:?} at least after failure number {failures}, and not for {rest:?}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use event_messaging::clock;

    const BACKOFF: Backoff = Backoff::new(Duration::from_millis(20), Duration::from_millis(80));

    #[test]
    fn tries_are_as_many_as_the_shortest_rests_leave_room_for() {
        let tries = |millis| most_tries(&BACKOFF, Duration::from_millis(millis));
        // After 10, 20, 40 and then 40 ms each.
        assert_eq!(
            [tries(0), tries(9), tries(10), tries(29), tries(30)],
            [1, 1, 2, 2, 3]
        );
        assert_eq!([tries(69), tries(70), tries(110), tries(150)], [3, 4, 5, 6]);
    }

    #[test]
    #[should_panic = "the relay rests for 20ms at least after failure number 2"]
    fn who_does_not_rest_longer_after_the_second_failure_is_caught() {
        let first = clock::now();
        let even = [0, 10, 20].map(|millis| first + Duration::from_millis(millis));
        assert_backed_off("the relay", &BACKOFF, &even);
    }
}
