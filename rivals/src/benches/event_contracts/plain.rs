//! What a team would write without us.

use event_contracts::product::ProductCreated;
use event_contracts::{MessageId, Version};
use product_types::Timestamp;
use serde::{Deserialize, Serialize};

/// The canonical envelope, with fields of our types and the derived code of serde.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Plain<P> {
    message_id: MessageId,
    message_type: String,
    message_version: Version,
    timestamp: Timestamp,
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlation_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    causation_id: Option<MessageId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partition_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<u64>,
    payload: P,
}

pub(super) fn decode(body: &[u8]) -> Plain<ProductCreated> {
    serde_json::from_slice(body).expect("the message is the one that we wrote")
}
