/// Defines an enum of events: what a consumer that wants several types is given.
///
/// A handler for all that a service publishes is given a hundred things that it does not want; a handler for each
/// type cannot keep them in order. In between stands the union of just the types that matter to one consumer, over
/// which `match` is exhaustive. With `_ => Unknown` as its last line it takes every message and keeps what it does
/// not know ([`UnknownEvent`](crate::UnknownEvent)); without it, other types are not accepted, and a consumer passes
/// over them without looking at their payload.
///
/// ```
/// use event_contracts::price::{ProductPriceChanged, ProductPriceEffective};
/// use event_contracts::event_union;
///
/// event_union! {
///     /// What moves a price.
///     #[derive(Clone, Debug, PartialEq)]
///     pub enum PriceEvent {
///         /// Somebody set it.
///         Changed(ProductPriceChanged),
///         /// Time or a discount moved it.
///         Effective(ProductPriceEffective),
///     }
/// }
///
/// let body = br#"{"messageId":"m-1","messageType":"ProductPriceEffective","messageVersion":"1.0",
///     "timestamp":"2026-03-02T09:15:00Z","source":"product-service","payload":{
///     "productId":"prod_1","variantId":"var_1","baseAmount":"20.00","currentAmount":"15.00","currency":"USD",
///     "effectiveFrom":"2026-03-02T09:15:00Z","cause":"discountStarted"}}"#;
/// match PriceEvent::decode(body)? {
///     PriceEvent::Changed(_) => unreachable!(),
///     PriceEvent::Effective(event) => assert_eq!(event.payload().variant_id.as_str(), "var_1"),
/// }
/// # Ok::<(), event_contracts::Error>(())
/// ```
///
/// The enum has `decode`, `metadata`, `message_type`, `to_json` and `to_message`, is made `From` the [`Envelope`](crate::Envelope)
/// of each type, and implements [`FromEnvelope`](crate::FromEnvelope). Attributes, `derive` among them, are passed
/// on. Of two major versions of one event, each message becomes the variant of its own; the first that reads it when
/// there is none.
#[macro_export]
macro_rules! event_union {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$doc:meta])* $variant:ident($event:ty),)+
            $(_ => $unknown:ident $(,)?)?
        }
    ) => {
        $(#[$meta])*
        $visibility enum $name {
            $($(#[$doc])* $variant($crate::Envelope<$event>),)+
            $(/// A type, or a major version of one, that is not known here: kept as it came.
            $unknown($crate::UnknownEvent),)?
        }

        impl $name {
            /// Decodes a message.
            ///
            /// # Errors
            ///
            /// When the envelope cannot be read, the message is of another type and those are not kept, or the
            /// payload does not fit its type.
            $visibility fn decode(body: &[u8]) -> ::core::result::Result<Self, $crate::Error> {
                <Self as $crate::FromEnvelope>::from_reader($crate::EnvelopeReader::open(body)?)
            }

            /// What the envelope says about the message.
            #[must_use]
            $visibility fn metadata(&self) -> &$crate::Metadata {
                match self {
                    $(Self::$variant(envelope) => envelope.metadata(),)+
                    $(Self::$unknown(unknown) => unknown.metadata(),)?
                }
            }

            /// The canonical name of the event's type; of one that is not known here, the name as the message bore it.
            #[must_use]
            $visibility fn message_type(&self) -> &str {
                match self {
                    $(Self::$variant(envelope) => envelope.message_type(),)+
                    $(Self::$unknown(unknown) => unknown.message_type(),)?
                }
            }

            /// Writes the canonical envelope as JSON, in UTF-8.
            ///
            /// # Errors
            ///
            /// As [`Envelope::to_json`]($crate::Envelope::to_json).
            $visibility fn to_json(&self) -> ::core::result::Result<::std::vec::Vec<u8>, $crate::Error> {
                match self {
                    $(Self::$variant(envelope) => envelope.to_json(),)+
                    $(Self::$unknown(unknown) => unknown.to_json(),)?
                }
            }

            /// Writes the event as a message for a broker or an HTTP call.
            ///
            /// # Errors
            ///
            /// As `Envelope::to_message`.
            $visibility fn to_message(
                &self,
                format: $crate::cloudevents::WireFormat,
                binding: $crate::cloudevents::Binding,
            ) -> ::core::result::Result<$crate::cloudevents::Message, $crate::Error> {
                match self {
                    $(Self::$variant(envelope) => envelope.to_message(format, binding),)+
                    $(Self::$unknown(unknown) => unknown.to_message(format, binding),)?
                }
            }
        }

        impl $crate::FromEnvelope for $name {
            fn is_accepted(raw: &$crate::RawEnvelope<'_>) -> bool {
                $crate::event_union!(@accepts raw, ($($event),+) $($unknown)?)
            }

            fn from_envelope(
                raw: &$crate::RawEnvelope<'_>,
            ) -> ::core::result::Result<Self, $crate::Error> {
                // The variant of its own major version, else the first that reads it.
                $(if raw.is::<$event>() && raw.version().major == <$event as $crate::Event>::VERSION.major {
                    return raw.decode().map(Self::$variant);
                })+
                $(if <$crate::Envelope<$event> as $crate::FromEnvelope>::is_accepted(raw) {
                    return raw.decode().map(Self::$variant);
                })+
                $crate::event_union!(@rest raw, $name $($unknown)?)
            }

            fn read(
                reader: $crate::EnvelopeReader<'_>,
            ) -> ::core::result::Result<
                ($crate::RawEnvelope<'_>, ::core::option::Option<Self>),
                $crate::Error,
            > {
                $(if reader.holds::<$event>() {
                    let (raw, decoded) = reader.decode_in_place()?;
                    return ::core::result::Result::Ok((raw, decoded.map(Self::$variant)));
                })+
                ::core::result::Result::Ok((reader.into_raw()?, ::core::option::Option::None))
            }
        }

        $(impl ::core::convert::From<$crate::Envelope<$event>> for $name {
            fn from(envelope: $crate::Envelope<$event>) -> Self {
                Self::$variant(envelope)
            }
        })+
    };
    (@accepts $raw:ident, ($($event:ty),+)) => {
        $(<$crate::Envelope<$event> as $crate::FromEnvelope>::is_accepted($raw))||+
    };
    (@accepts $raw:ident, ($($event:ty),+) $unknown:ident) => {{
        let _ = $raw;
        true
    }};
    (@rest $raw:ident, $name:ident) => {
        ::core::result::Result::Err($raw.refuse(::core::stringify!($name)))
    };
    (@rest $raw:ident, $name:ident $unknown:ident) => {
        ::core::result::Result::Ok(Self::$unknown($crate::UnknownEvent::keep($raw)))
    };
}
