//! Messages that come again, or late: 12, 13, 16 and 18.

use crate::faults::brake::{Brake, Place};
use crate::faults::handler::Effects;
use crate::faults::hooked::{Operation, Switch};
use crate::faults::process::Role;
use crate::faults::rig::{Rig, consumer_config, until};
use crate::faults::write::message;
use crate::faults::{Database, NotChecked, Transport};
use event_messaging::Verdict;

pub(crate) async fn a_message_comes_twice<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    let first = message("p-1", 1);
    rig.publish([first.clone(), first, message("p-1", 2)]).await;
    let consumer = rig.consumer("c-1");
    rig.until_effects(2).await;
    rig.until_waiting(0).await;
    assert_eq!(
        consumer.seen.attempts("p-1", 1),
        [1],
        "the handler is called once"
    );
    let counts = consumer.end().await;
    assert_eq!((counts.received, counts.handled, counts.duplicates), (3, 2, 1));
    rig.assert_effects([("p-1", 2)]).await;
    Ok(())
}

pub(crate) async fn a_crash_after_the_effect<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    rig.publish([message("p-1", 1), message("p-1", 2)]).await;
    let mut first = rig.part(Role::Consumer, "first", Some(Place::Effected));
    first.said("stopped").await;
    first.kill();
    assert_eq!(
        rig.effects().await,
        [("p-1".to_owned(), 1)],
        "committed, and not settled"
    );

    let consumer = rig.consumer("second");
    rig.until_effects(2).await;
    rig.until_waiting(0).await;
    assert_eq!(
        consumer.seen.attempts("p-1", 1),
        [0; 0],
        "the handler is not called again"
    );
    let counts = consumer.end().await;
    assert_eq!((counts.handled, counts.duplicates), (1, 1));
    rig.assert_effects([("p-1", 2)]).await;
    Ok(())
}

pub(crate) async fn a_stale_message<T: Transport, D: Database>(rig: &Rig<T, D>) -> Result<(), NotChecked> {
    rig.publish([1, 3, 2, 4].map(|sequence| message("p-1", sequence)))
        .await;
    let handler = Effects::new("c-1", Brake::none()).gated();
    let consumer = rig.consumer_with(handler, consumer_config(), &Switch::default());
    rig.until_waiting(0).await;
    assert_eq!(
        consumer.seen.verdicts(),
        [
            Verdict::Next,
            Verdict::Gap { missing: 2..=2 },
            Verdict::Stale { last: 3 },
            Verdict::Next
        ]
    );
    assert_eq!(
        consumer.end().await.handled,
        4,
        "the stale one is settled like any other"
    );
    let found = rig.effects().await.into_iter().map(|(_, sequence)| sequence);
    assert_eq!(found.collect::<Vec<_>>(), [1, 3, 4]);
    Ok(())
}

pub(crate) async fn redelivered_while_it_is_handled<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    for (round, first_dies) in [(1, false), (2, true)] {
        rig.publish([message("p-1", round)]).await;
        let mut first = rig.part(Role::Consumer, "first", Some(Place::Handling));
        first.said("stopped").await;
        // It does not notice that its connection is lost, and its transaction stays open.
        first.freeze(true);
        NotChecked::unless(
            rig.transport.restart().await,
            "a connection is lost under a handler",
        )?;
        let switch = Switch::default();
        let handler = Effects::new("second", Brake::none());
        let second = rig.consumer_with(handler, consumer_config(), &switch);
        until("it coming again, and its handler's turn", async || {
            second.control.counts().in_flight == 1 && switch.calls(Operation::Begin) >= 1
        })
        .await;
        assert_eq!(second.seen.calls(), [], "the second waits for the first");
        assert_eq!(rig.effects().await.len() as u64, round - 1, "nothing is done yet");

        let mut known_to_first = 0_u64;
        if first_dies {
            first.kill();
            rig.until_effects(2).await;
        } else {
            // It ends, or learns that what it handles is not its own any more, and rolls back.
            first.freeze(false);
            first.go();
            rig.until_effects(1).await;
            first.stop();
            let counts = first.said("counts").await;
            let duplicates: Option<u64> = counts.split(' ').nth(1).and_then(|count| count.parse().ok());
            known_to_first = duplicates.expect("a part says numbers");
            first.said("ended").await;
        }
        rig.until_waiting(0).await;
        let seen = second.seen.clone();
        let counts = second.end().await;
        assert_eq!(counts.failed, 0, "waiting is no failure of the handler");
        let effects = rig.database.effects().await;
        if effects.last().is_some_and(|effect| effect.process == "first") {
            assert!(!first_dies, "it was rolled back");
            assert_eq!(seen.calls(), [], "the handler is not called for what is done");
            // It may come once more to the first, too, which joins anew when it is thawed.
            let again = known_to_first + counts.duplicates;
            assert!(again >= 1, "whoever gets it finds the row: {counts:?}");
        } else {
            assert_eq!(seen.attempts("p-1", round), [1], "rolled back, so it is new");
        }
        rig.assert_effects([("p-1", round)]).await;
    }
    Ok(())
}
