use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use resilience::chaos::{Chaos, ChaosLayer, ChaosPolicy, Fault};
use resilience::time::{self, timeout_at};
use tower::{Service, ServiceBuilder, ServiceExt};

use crate::peer::ms;

fn chaos(policy: ChaosPolicy) -> Chaos {
    let chaos = Chaos::new(policy).unwrap();
    chaos.enable();
    chaos
}

/// Makes a call that counts itself, and gives up after an hour.
async fn call(chaos: &Chaos, made: &AtomicU32) -> Option<Result<(), Fault>> {
    let operation = || async {
        made.fetch_add(1, Ordering::Relaxed);
        Ok(())
    };
    timeout_at(
        time::now() + Duration::from_secs(3_600),
        chaos.run(|fault| fault, operation),
    )
    .await
    .ok()
}

#[tokio::test(start_paused = true)]
async fn it_is_off_until_switched_on_and_can_be_switched_off_again() {
    let chaos = Chaos::new(ChaosPolicy::default().with_errors(1.0)).unwrap();
    let made = AtomicU32::new(0);
    assert_eq!(call(&chaos, &made).await, Some(Ok(())));
    chaos.enable();
    assert!(chaos.clone().is_enabled());
    assert_eq!(call(&chaos, &made).await, Some(Err(Fault::Error)));
    chaos.disable();
    assert_eq!(call(&chaos, &made).await, Some(Ok(())));
}

#[tokio::test(start_paused = true)]
async fn by_default_nothing_goes_wrong() {
    let (chaos, made) = (chaos(ChaosPolicy::default()), AtomicU32::new(0));
    let start = time::now();
    for _ in 0..1_000 {
        assert_eq!(call(&chaos, &made).await, Some(Ok(())));
    }
    assert_eq!(time::now(), start);
}

#[tokio::test(start_paused = true)]
async fn an_error_comes_instead_of_the_call() {
    let (chaos, made) = (chaos(ChaosPolicy::default().with_errors(1.0)), AtomicU32::new(0));
    assert_eq!(call(&chaos, &made).await, Some(Err(Fault::Error)));
    assert_eq!(made.into_inner(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_reset_loses_the_answer_of_a_call_that_was_made() {
    let (chaos, made) = (chaos(ChaosPolicy::default().with_resets(1.0)), AtomicU32::new(0));
    assert_eq!(call(&chaos, &made).await, Some(Err(Fault::Reset)));
    assert_eq!(made.into_inner(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_hangs_is_neither_made_nor_answered() {
    let (chaos, made) = (chaos(ChaosPolicy::default().with_hangs(1.0)), AtomicU32::new(0));
    assert_eq!(call(&chaos, &made).await, None);
    assert_eq!(made.into_inner(), 0);
}

#[tokio::test(start_paused = true)]
async fn latency_comes_before_the_call() {
    let (chaos, made) = (
        chaos(ChaosPolicy::default().with_latency(1.0, ms(300))),
        AtomicU32::new(0),
    );
    let start = time::now();
    assert_eq!(call(&chaos, &made).await, Some(Ok(())));
    assert_eq!(time::now() - start, ms(300));
    timeout_at(
        time::now() + ms(299),
        chaos.run(
            |fault| fault,
            || async { panic!("not made yet") as Result<(), Fault> },
        ),
    )
    .await
    .unwrap_err();
}

fn everything() -> ChaosPolicy {
    ChaosPolicy::default()
        .with_latency(0.5, ms(1))
        .with_errors(0.1)
        .with_resets(0.2)
        .with_hangs(0.3)
}

/// What becomes of so many calls, with how late each began.
async fn fates(chaos: &Chaos, calls: u32) -> Vec<(Option<Result<(), Fault>>, bool)> {
    let made = AtomicU32::new(0);
    let mut fates = Vec::new();
    for _ in 0..calls {
        let start = time::now();
        let fate = call(chaos, &made).await;
        fates.push((fate, (time::now() - start).subsec_nanos() > 0));
    }
    fates
}

#[tokio::test(start_paused = true)]
async fn faults_come_at_their_rates() {
    let fates = fates(&chaos(everything()), 10_000).await;
    let share = |wanted: Option<Result<(), Fault>>| {
        fates.iter().filter(|(fate, _)| *fate == wanted).count() as f64 / 10_000.0
    };
    for (wanted, rate) in [
        (Some(Err(Fault::Error)), 0.1),
        (Some(Err(Fault::Reset)), 0.2),
        (None, 0.3),
        (Some(Ok(())), 0.4),
    ] {
        assert!(
            (share(wanted) - rate).abs() < 0.02,
            "{wanted:?}: {}",
            share(wanted)
        );
    }
    let answered = fates.iter().filter(|(fate, _)| fate.is_some());
    let late = answered.clone().filter(|(_, late)| *late).count() as f64;
    assert!((late / answered.count() as f64 - 0.5).abs() < 0.02);
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_brings_the_same_fates_and_another_seed_others() {
    let first = fates(&chaos(everything().with_seed(7)), 200).await;
    assert_eq!(fates(&chaos(everything().with_seed(7)), 200).await, first);
    assert_ne!(fates(&chaos(everything().with_seed(8)), 200).await, first);
}

#[tokio::test(start_paused = true)]
async fn a_new_policy_starts_again() {
    let chaos = chaos(everything());
    let first = fates(&chaos, 50).await;
    chaos.set_policy(everything()).unwrap();
    assert_eq!(fates(&chaos, 50).await, first);
    chaos.set_policy(ChaosPolicy::default()).unwrap();
    assert!(
        fates(&chaos, 50)
            .await
            .iter()
            .all(|fate| *fate == (Some(Ok(())), false))
    );
}

#[tokio::test(start_paused = true)]
async fn the_layer_does_what_the_function_does() {
    let expected = fates(&chaos(everything()), 200).await;
    let made = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&made);
    let mut service = ServiceBuilder::new()
        .layer(ChaosLayer::new(chaos(everything()), |fault| fault))
        .service_fn(move |()| {
            counted.fetch_add(1, Ordering::Relaxed);
            async { Ok::<_, Fault>(()) }
        });
    let mut seen = Vec::new();
    for _ in 0..200 {
        let start = time::now();
        let call = service.ready().await.unwrap().call(());
        let fate = timeout_at(start + Duration::from_secs(3_600), call).await.ok();
        seen.push((fate, (time::now() - start).subsec_nanos() > 0));
    }
    assert_eq!(seen, expected);
    let answered = |(fate, _): &&_| matches!(fate, Some(Ok(()) | Err(Fault::Reset)));
    assert_eq!(
        made.load(Ordering::Relaxed) as usize,
        seen.iter().filter(answered).count()
    );
}

#[test]
fn a_policy_that_cannot_work_is_refused_by_key() {
    let keys = |policy: ChaosPolicy| {
        let invalid = Chaos::new(policy).unwrap_err();
        invalid.keys().collect::<Vec<_>>()
    };
    let policy = ChaosPolicy::default();
    assert_eq!(policy.validate(), Ok(()));
    assert_eq!(keys(policy.with_latency(1.1, ms(1))), ["chaos.latency_rate"]);
    assert_eq!(
        keys(policy.with_errors(0.6).with_hangs(0.6)),
        ["chaos.error_rate", "chaos.reset_rate", "chaos.hang_rate"]
    );
    assert!(keys(policy.with_resets(f64::NAN)).contains(&"chaos.reset_rate"));
}
