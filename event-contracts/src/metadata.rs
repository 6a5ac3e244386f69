use crate::fault::Fault;
use crate::{MessageId, Version};
use product_types::Timestamp;

/// What the envelope says about a message, apart from its type and its payload.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metadata {
    /// This very message; the key for de-duplication. The same when the message is sent again.
    pub message_id: MessageId,
    /// The version of the payload's schema: as the writer stated it, or that of the event's type when an older major
    /// version was read into it.
    pub version: Version,
    /// When it happened at the source.
    pub timestamp: Timestamp,
    /// Who says so: `product-service`.
    pub source: String,
    /// Carried from the request that caused it. The canonical envelope always has one.
    pub correlation_id: Option<String>,
    /// The message that caused this one, if a message did.
    pub causation_id: Option<MessageId>,
    /// The identifier within which order is kept; for an envelope made here it is the event's key.
    pub partition_key: Option<String>,
    /// A counter for each partition key, one more for every event written. A consumer drops what is not above
    /// what it has, and a hole tells it that something was missed.
    pub sequence: Option<u64>,
}

impl Metadata {
    /// Whether readers take it, once it is written.
    ///
    /// # Errors
    ///
    /// When a text contains a NUL character. The identifiers and the key cannot.
    pub(crate) fn writable(&self) -> Result<(), Fault> {
        let has_nul = |text: &str| text.contains('\0');
        if has_nul(&self.source) {
            Err(Fault::Nul("source"))
        } else if self.correlation_id.as_deref().is_some_and(has_nul) {
            Err(Fault::Nul("correlationId"))
        } else {
            Ok(())
        }
    }
}
