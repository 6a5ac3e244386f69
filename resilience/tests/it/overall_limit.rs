//! The law of the overall limit: no call takes longer, whatever the peer does.

use proptest::prelude::{Just, Strategy, prop_oneof, proptest};
use proptest::{collection, prop_assert};
use resilience::retry::{Jitter, Random, RetryPolicy};
use resilience::{Call, Deadline, Policy, time};

use crate::peer::{Answer, Failure, Peer, built, by_status, ms};

/// The grain of the timer.
const TICK_MS: u64 = 1;

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Hang),
        Just(Answer::Status(503)),
        Just(Answer::Fail(Failure::Reset)),
        (0..3_000_u64).prop_map(|delay| Answer::Slow(503, ms(delay))),
        (0..3_000_u64).prop_map(|wait| Answer::Later(429, ms(wait))),
    ]
}

fn jitter() -> impl Strategy<Value = Jitter> {
    prop_oneof![
        Just(Jitter::Full),
        Just(Jitter::Equal),
        Just(Jitter::Decorrelated),
        Just(Jitter::Additive(0.5)),
        Just(Jitter::None),
    ]
}

proptest! {
    #[test]
    fn is_never_exceeded_by_more_than_a_tick(
        script in collection::vec(answer(), 1..8),
        jitter in jitter(),
        attempt in 1..1_000_u64,
        more in 1..2_000_u64,
        callers in 0..3_000_u64,
        seed in 0..u64::MAX,
    ) {
        let policy = built(
            Policy::builder()
                .attempt_timeout(ms(attempt))
                .overall_timeout(ms(attempt + more))
                .retry(RetryPolicy::default().with_max_retries(20).with_jitter(jitter))
                .without_retry_budget()
                .random(Random::seeded(seed)),
        );
        let peer = Peer::answering(script);
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let taken = runtime.block_on(async {
            let start = time::now();
            let call = Call::idempotent().with_deadline(Deadline::after(ms(callers)));
            let _ = policy.run(call, by_status, |attempt| peer.ask(attempt)).await;
            time::now() - start
        });
        let limit = ms(callers.min(attempt + more) + TICK_MS);
        prop_assert!(taken <= limit, "{taken:?} of {limit:?}");
    }
}
