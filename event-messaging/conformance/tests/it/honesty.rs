//! What the suite says of a transport that cannot make a fault happen, and of one that lies.

use crate::rig::{Memory, MemoryPublisher, OfQueue, Sqlite};
use event_messaging::{OutboundMessage, Outcome, Publisher};
use event_messaging_conformance::faults::{CannotInject, Fault, Letter, Transport, run};
use std::path::Path;

/// Makes nothing go wrong but channels, and answers that all is sent.
struct Boaster(Memory<OfQueue>);

struct BoastingPublisher(MemoryPublisher);

impl Publisher for BoastingPublisher {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let count = batch.len();
        self.0.publish(batch).await;
        vec![Outcome::Sent; count]
    }
}

impl Transport for Boaster {
    type Publisher = BoastingPublisher;

    type Intake = <Memory<OfQueue> as Transport>::Intake;

    async fn fresh(folder: &Path) -> Self {
        Self(Memory::fresh(folder).await)
    }

    async fn attach(folder: &Path) -> Self {
        Self(Memory::attach(folder).await)
    }

    fn publisher(&self) -> BoastingPublisher {
        BoastingPublisher(self.0.publisher())
    }

    fn intake(&self, prefetch: usize) -> Self::Intake {
        self.0.intake(prefetch)
    }

    async fn waiting(&self) -> u64 {
        self.0.waiting().await
    }

    async fn dead_letters(&self) -> Vec<Letter> {
        self.0.dead_letters().await
    }

    async fn close_channel(&self, publisher: &BoastingPublisher) -> Result<(), CannotInject> {
        self.0.close_channel(&publisher.0).await
    }
}

#[test]
fn a_fault_that_cannot_happen_is_not_checked() {
    for fault in [
        Fault::Nack,
        Fault::Blocked,
        Fault::PartOfBatch,
        Fault::BrokerRestart,
    ] {
        let checked = run::<Boaster, Sqlite>(module_path!(), fault);
        assert!(checked.is_err(), "{fault}");
    }
}

#[test]
#[should_panic = "nobody knows what became of them"]
fn a_transport_that_takes_the_unconfirmed_for_sent_fails() {
    let _ = run::<Boaster, Sqlite>(module_path!(), Fault::ChannelClosed);
}
