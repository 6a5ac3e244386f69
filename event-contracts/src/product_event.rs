use crate::category::{CategoryCreated, CategoryDeleted, CategoryMoved, CategoryUpdated};
use crate::discount::v2::DiscountCreated;
use crate::discount::{
    DiscountAppliedToProduct, DiscountDeleted, DiscountExpired, DiscountRemovedFromProduct, DiscountUpdated,
};
use crate::envelope::Written;
use crate::error::Kind;
use crate::price::{ProductPriceChanged, ProductPriceEffective};
use crate::product::{ProductCreated, ProductDeleted, ProductStatusChanged, ProductUpdated};
use crate::variant::{ProductVariantAdded, ProductVariantRemoved, ProductVariantUpdated};
use crate::{Envelope, Error, FromEnvelope, Metadata, RawEnvelope};
use serde_json::value::RawValue;

/// Defines the union: one variant a type of event, and [`UnknownEvent`] for all others.
macro_rules! union {
    ($($(#[$doc:meta])* $variant:ident($event:ty),)+) => {
        /// Any event that the Product Service publishes.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum ProductEvent {
            $($(#[$doc])* $variant(Envelope<$event>),)+
            /// A type, or a major version of one, that this version of the SDK does not know: kept as it came.
            Unknown(UnknownEvent),
        }

        impl ProductEvent {
            /// What the envelope says about the message.
            #[must_use]
            pub fn metadata(&self) -> &Metadata {
                match self {
                    $(Self::$variant(envelope) => envelope.metadata(),)+
                    Self::Unknown(unknown) => &unknown.metadata,
                }
            }

            /// The canonical name of the event's type.
            #[must_use]
            pub fn message_type(&self) -> &str {
                match self {
                    $(Self::$variant(envelope) => envelope.message_type(),)+
                    Self::Unknown(unknown) => &unknown.message_type,
                }
            }

            /// Writes the canonical envelope as JSON, in UTF-8.
            ///
            /// # Errors
            ///
            /// None that these events can cause; the signature is that of [`Envelope::to_json`].
            pub fn to_json(&self) -> Result<Vec<u8>, Error> {
                match self {
                    $(Self::$variant(envelope) => envelope.to_json(),)+
                    Self::Unknown(unknown) => unknown.to_json(),
                }
            }
        }

        impl FromEnvelope for ProductEvent {
            /// Everything is accepted: what is unknown is kept.
            fn is_accepted(_: &RawEnvelope<'_>) -> bool {
                true
            }

            fn from_envelope(raw: &RawEnvelope<'_>) -> Result<Self, Error> {
                $(if Envelope::<$event>::is_accepted(raw) {
                    return raw.decode().map(Self::$variant);
                })+
                Ok(Self::Unknown(UnknownEvent::keep(raw)))
            }
        }

        $(impl From<Envelope<$event>> for ProductEvent {
            fn from(envelope: Envelope<$event>) -> Self {
                Self::$variant(envelope)
            }
        })+
    };
}

union! {
    /// A product came to be.
    Created(ProductCreated),
    /// A product's own fields changed.
    Updated(ProductUpdated),
    /// A product is gone.
    Deleted(ProductDeleted),
    /// A product went from one status to another.
    StatusChanged(ProductStatusChanged),
    /// A variant joined a product.
    VariantAdded(ProductVariantAdded),
    /// A variant's own fields changed.
    VariantUpdated(ProductVariantUpdated),
    /// A variant left its product.
    VariantRemoved(ProductVariantRemoved),
    /// Somebody set a price.
    PriceChanged(ProductPriceChanged),
    /// What a buyer pays changed without anybody setting a price.
    PriceEffective(ProductPriceEffective),
    /// A category came to be.
    CategoryCreated(CategoryCreated),
    /// A category's own fields changed.
    CategoryUpdated(CategoryUpdated),
    /// A category is gone.
    CategoryDeleted(CategoryDeleted),
    /// A category has a new place in the tree.
    CategoryMoved(CategoryMoved),
    /// A discount came to be; of version 1 or 2.
    DiscountCreated(DiscountCreated),
    /// A discount's fields changed.
    DiscountUpdated(DiscountUpdated),
    /// A discount is gone.
    DiscountDeleted(DiscountDeleted),
    /// The time of a discount is over.
    DiscountExpired(DiscountExpired),
    /// A discount was put on a variant.
    DiscountApplied(DiscountAppliedToProduct),
    /// A discount was taken off a variant.
    DiscountRemoved(DiscountRemovedFromProduct),
}

impl ProductEvent {
    /// Decodes a message of whatever type.
    ///
    /// # Errors
    ///
    /// When the envelope cannot be read, or the payload does not fit a type that this version knows. An unknown
    /// type is not an error.
    pub fn decode(body: &[u8]) -> Result<Self, Error> {
        Self::from_envelope(&RawEnvelope::parse(body)?)
    }
}

/// An event that this version of the SDK does not know, kept whole, so that it can be stored or passed on.
#[derive(Clone, Debug)]
pub struct UnknownEvent {
    metadata: Metadata,
    message_type: String,
    payload: Box<RawValue>,
}

impl UnknownEvent {
    fn keep(raw: &RawEnvelope<'_>) -> Self {
        Self {
            metadata: raw.metadata(),
            message_type: raw.message_type_as_written().to_owned(),
            payload: raw.payload().to_owned(),
        }
    }

    /// The payload as it came, as JSON text.
    #[must_use]
    pub fn payload_json(&self) -> &str {
        self.payload.get()
    }

    fn to_json(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(&Written::new(&self.message_type, &self.metadata, &self.payload))
            .map_err(|cause| Error::json(Kind::Encode("event"), None, cause))
    }
}

/// Two are equal when they say the same in the same words: payloads are compared as text.
impl PartialEq for UnknownEvent {
    fn eq(&self, other: &Self) -> bool {
        self.metadata == other.metadata
            && self.message_type == other.message_type
            && self.payload.get() == other.payload.get()
    }
}

impl Eq for UnknownEvent {}
