//! A consumer whose handlers do not end until they are told to.

use super::PREFETCH;
use super::measured::Figures;
use crate::rig::{Face, Memory};
use event_messaging::{ConsumerConfig, DeadLetterExchange, HandlerError, NoInbox, clock};
use event_messaging_conformance::faults::{DEAD_LETTERS, Deleted, Intake, Transport};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;

pub(super) async fn run<F: Face>(folder: &Path, figures: &Figures, going: watch::Receiver<bool>) {
    let broker = Memory::<F>::attach(folder).await;
    let handler = move |_: Deleted| {
        let mut going = going.clone();
        async move {
            let _ = going.wait_for(|goes| *goes).await;
            Ok::<_, HandlerError>(())
        }
    };
    let mut config = ConsumerConfig::new("stall")
        .with_prefetch(PREFETCH)
        .with_handler_deadline(Duration::from_secs(30 * 60));
    config.park.lease = 2 * config.handler_deadline;
    let letters = DeadLetterExchange::new(broker.publisher(), DEAD_LETTERS);
    let intake = broker.intake(config.prefetch);
    let (control, run) = intake.consume(handler, letters, NoInbox, config).unwrap();
    let run = tokio::spawn(run);
    while !run.is_finished() {
        let counts = control.counts();
        figures.calls.store(counts.handled, Ordering::SeqCst);
        // All that was ever received and is not handled, so that none is held in secret.
        figures
            .held
            .store(counts.received - counts.handled, Ordering::SeqCst);
        clock::sleep(Duration::from_millis(5)).await;
    }
    panic!("the consumer has ended: {:?}", run.await);
}
