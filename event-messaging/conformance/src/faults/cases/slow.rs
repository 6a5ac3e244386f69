//! Handlers that take long: 17.

use crate::faults::brake::{Brake, Place};
use crate::faults::handler::{Act, Effects};
use crate::faults::hooked::Switch;
use crate::faults::rig::{Rig, consumer_config, until};
use crate::faults::write::message;
use crate::faults::{Database, NotChecked, Transport};
use std::time::Duration;

pub(crate) async fn a_slow_handler<T: Transport, D: Database>(rig: &Rig<T, D>) -> Result<(), NotChecked> {
    // One key, and so one partition of a log.
    rig.publish((1..=12).map(|sequence| message("p-1", sequence)))
        .await;
    let brake = Brake::at(Place::Handling);
    let handler = Effects::new("c-1", brake.clone());
    let consumer = rig.consumer_with(handler, consumer_config().with_prefetch(4), &Switch::default());
    brake.reached().await;
    until("as many held as may be", async || {
        consumer.control.counts().in_flight == 4
    })
    .await;
    assert_eq!(consumer.control.counts().received, 4, "and no more were taken");
    assert_eq!(rig.transport.waiting().await, 12);
    brake.release();
    rig.until_effects(12).await;
    rig.until_waiting(0).await;
    assert_eq!(consumer.end().await.handled, 12);

    // One that does not end the first time it is called.
    rig.publish([message("p-1", 13), message("p-1", 14), message("p-2", 1)])
        .await;
    let handler =
        Effects::new("c-1", Brake::none()).with_script(|call| match (call.sequence, call.attempt) {
            (13, 1) => Act::Hang,
            _ => Act::Succeed,
        });
    // Far above what a loaded machine needs for those that do end.
    let deadline = Duration::from_secs(2);
    let config = consumer_config().with_handler_deadline(deadline);
    let consumer = rig.consumer_with(handler, config, &Switch::default());
    rig.until_effects(15).await;
    rig.until_waiting(0).await;
    assert_eq!(
        consumer.seen.attempts("p-1", 13),
        [1, 2],
        "cut off, and called again"
    );
    let gaps = consumer.seen.gaps("p-1", 13);
    assert!(gaps[0] >= deadline, "not before its deadline: {gaps:?}");
    assert_eq!(consumer.seen.attempts("p-1", 14), [1], "which held its key");
    let counts = consumer.end().await;
    assert_eq!((counts.handled, counts.failed), (3, 1));
    rig.assert_effects([("p-1", 14), ("p-2", 1)]).await;

    let too_long = consumer_config().with_handler_deadline(Duration::from_secs(31 * 60));
    assert!(
        too_long.validate().is_err(),
        "longer than RabbitMQ waits for a settlement"
    );
    Ok(())
}
