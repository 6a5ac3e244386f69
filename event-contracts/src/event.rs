use crate::{Error, RawEnvelope, Version};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A payload that says which event it is.
///
/// The envelope, the broker's routing key and the order of delivery all follow from this, so they cannot
/// contradict the payload.
///
/// ```
/// use event_contracts::{Event, Version};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize)]
/// #[serde(rename_all = "camelCase")]
/// struct WishlistShared {
///     wishlist_id: String,
/// }
///
/// impl Event for WishlistShared {
///     const TYPE: &'static str = "WishlistShared";
///     const VERSION: Version = Version::new(1, 0);
///     const AGGREGATE: &'static str = "wishlist";
///     const ROUTING_KEY: &'static str = "user.wishlist.shared.v1";
///     const EXCHANGE: &'static str = "user.events";
///
///     fn key(&self) -> &str {
///         &self.wishlist_id
///     }
/// }
/// ```
pub trait Event: Serialize + DeserializeOwned {
    /// The canonical name, in the past tense: `ProductCreated`.
    const TYPE: &'static str;

    /// The version of the payload's schema that this type writes.
    const VERSION: Version;

    /// The kind of thing that the event is about, in lower case: `product`.
    const AGGREGATE: &'static str;

    /// The routing key on a topic exchange; its last word is `v` and the major version.
    const ROUTING_KEY: &'static str;

    /// The exchange (or topic) that carries the event. The Product Service's own unless said otherwise.
    const EXCHANGE: &'static str = "product.events";

    /// The identifier within which order is kept: all events of one key reach a consumer in the order written.
    fn key(&self) -> &str;
}

/// What a typed consumer can be given: one type of event ([`Envelope<E>`](crate::Envelope)), or a union of
/// several ([`ProductEvent`](crate::ProductEvent), or one of your own).
pub trait FromEnvelope: Sized {
    /// Whether a message of this type and version is for this consumer; cheap, and decided without the payload.
    fn is_accepted(raw: &RawEnvelope<'_>) -> bool;

    /// Decodes an accepted message.
    ///
    /// # Errors
    ///
    /// When the payload does not fit its type.
    fn from_envelope(raw: &RawEnvelope<'_>) -> Result<Self, Error>;
}
