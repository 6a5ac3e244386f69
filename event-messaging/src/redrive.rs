use crate::dead_letter_exchange::{
    AT, ATTEMPTS, CONSUMER, KIND, ORIGINAL_EXCHANGE, ORIGINAL_ROUTING_KEY, REASON, TRIED_MS, readdressed,
};
use crate::error::Kind;
use crate::{Error, OutboundMessage, Received};
use product_types::Timestamp;

/// The header of a message that was given up and is sent again on purpose. It says when, in RFC 3339; consumers ask only
/// whether it is there.
///
/// An inbox remembers a message that was given up, and absorbs it when it comes again: its key has gone on. With this
/// header it is handled once more; see [`DeadLetters`](crate::DeadLetters).
pub const REDRIVEN_AT: &str = "x-redriven-at";

impl OutboundMessage {
    /// The message to send again, out of a dead letter that a [`DeadLetterExchange`](crate::DeadLetterExchange) made:
    /// body, id, exchange, routing key and headers are those it had, and [`REDRIVEN_AT`] is added.
    ///
    /// ```
    /// use event_messaging::{OutboundMessage, Publisher, memory};
    ///
    /// /// Sends all dead letters of a queue again, each where it came from.
    /// async fn redrive(letters: &memory::Queue, broker: &memory::Broker) -> Result<(), event_messaging::Error> {
    ///     while let Some(letter) = letters.try_recv() {
    ///         let message = OutboundMessage::from_dead_letter(&letter)?;
    ///         // Out of the queue only when it is safe elsewhere; sent twice, it still has its effect once.
    ///         if broker.publish(vec![message]).await[0].is_sent() {
    ///             letter.ack();
    ///         }
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// It goes to every queue that is bound there. The inboxes of those who have handled it absorb it; consumers without
    /// an inbox handle it again. What made the message fail may be repaired in its body before it is sent, under the same
    /// id; one whose envelope could not be read has no id that any consumer knows, and gets a new one. Publish it rather than
    /// write it into an outbox, which may have a row of this id.
    ///
    /// # Errors
    ///
    /// [`is_no_dead_letter`](Error::is_no_dead_letter) when it does not say where it was published.
    pub fn from_dead_letter<R: Received>(letter: &R) -> Result<Self, Error> {
        let exchange = letter.header(ORIGINAL_EXCHANGE);
        let exchange = exchange.ok_or_else(|| Error::new(Kind::NoDeadLetter))?;
        let routing_key = letter.header(ORIGINAL_ROUTING_KEY);
        let routing_key = routing_key.unwrap_or_else(|| letter.routing_key());
        let mut message = readdressed(letter, exchange, routing_key);
        for name in [
            KIND,
            REASON,
            ATTEMPTS,
            TRIED_MS,
            CONSUMER,
            AT,
            ORIGINAL_EXCHANGE,
            ORIGINAL_ROUTING_KEY,
        ] {
            message.headers.remove(name);
        }
        let now = Timestamp::now().to_string();
        message.headers.insert(REDRIVEN_AT.to_owned(), now);
        Ok(message)
    }
}
