use crate::{EnvelopeReader, Error, Payload, RawEnvelope, Version};
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
///     const KEY: &'static str = "wishlistId";
///
///     fn key(&self) -> &str {
///         &self.wishlist_id
///     }
/// }
/// ```
pub trait Event: Serialize + DeserializeOwned {
    /// The canonical name, in the past tense: `ProductCreated`.
    const TYPE: &'static str;

    /// Other names of the same event, without suffixes: accepted when read, never written.
    const ALIASES: &'static [&'static str] = &[];

    /// The version of the payload's schema that this type writes.
    const VERSION: Version;

    /// The oldest major version that this type reads, by [`read_payload`](Self::read_payload); its own unless said
    /// otherwise.
    const OLDEST_MAJOR: u16 = Self::VERSION.major;

    /// The kind of thing that the event is about, in lower case: `product`.
    const AGGREGATE: &'static str;

    /// The routing key on a topic exchange; its last word is `v` and the major version.
    const ROUTING_KEY: &'static str;

    /// The exchange (or topic) that carries the event. The Product Service's own unless said otherwise.
    const EXCHANGE: &'static str = "product.events";

    /// The Kafka topic that carries the event: the exchange's name unless said otherwise.
    const TOPIC: &'static str = Self::EXCHANGE;

    /// The payload's field that holds the [`key`](Self::key), as it stands in the JSON.
    const KEY: &'static str;

    /// The identifier within which order is kept: all events of one key reach a consumer in the order written.
    fn key(&self) -> &str;

    /// Reads a payload that is not in this type's own form: one that was written under another name
    /// ([`Payload::written_type`]), or in an older major version ([`Payload::version`]).
    ///
    /// A type that reads older majors overrides this, mostly with [`Payload::upcast`].
    ///
    /// # Errors
    ///
    /// When the payload does not fit.
    fn read_payload(payload: Payload<'_>) -> Result<Self, Error> {
        payload.decode()
    }
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

    /// Reads a message to its end, from where its payload begins, and decodes it on the way if the payload can be
    /// decoded where it stands. Without that, which is the default, it is left to [`is_accepted`](Self::is_accepted)
    /// and [`from_envelope`](Self::from_envelope), which go over the payload once more.
    ///
    /// # Errors
    ///
    /// As [`RawEnvelope::parse`]. A payload that does not fit is no error here, and not decoded.
    fn read(reader: EnvelopeReader<'_>) -> Result<(RawEnvelope<'_>, Option<Self>), Error> {
        Ok((reader.into_raw()?, None))
    }

    /// Decodes a message that has been read up to its payload.
    ///
    /// # Errors
    ///
    /// As [`RawEnvelope::parse`] and [`from_envelope`](Self::from_envelope).
    fn from_reader(reader: EnvelopeReader<'_>) -> Result<Self, Error> {
        let (raw, decoded) = Self::read(reader)?;
        decoded.map_or_else(|| Self::from_envelope(&raw), Ok)
    }
}
