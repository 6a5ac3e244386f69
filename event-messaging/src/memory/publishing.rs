use crate::{OutboundMessage, Outcome};
use std::future::Future;
use std::pin::pin;
use tokio::sync::Notify;

/// Publishes one message after another. Those that a restart finds unanswered are [`Outcome::Unknown`].
pub(super) async fn one_by_one<F: Future<Output = Outcome>>(
    batch: Vec<OutboundMessage>,
    restarted: &Notify,
    publish: impl Fn(OutboundMessage) -> F,
) -> Vec<Outcome> {
    let mut restarted = pin!(restarted.notified());
    let expected = batch.len();
    let mut outcomes = Vec::with_capacity(expected);
    for message in batch {
        tokio::select! {
            biased;
            () = &mut restarted => break,
            outcome = publish(message) => outcomes.push(outcome),
        }
    }
    outcomes.resize(expected, Outcome::Unknown);
    outcomes
}
