//! Views of the events that come most often: typed like the events, and borrowed from the message.
//!
//! # Which one?
//!
//! An owned event ([`Envelope<E>`](crate::Envelope), a union) may be kept, sent to another task and written again;
//! reading it copies every text. That is what a handler should ask for, unless it is done with the event before it
//! gives the message back and reads many of them: a projection that looks at two fields of each price change. For
//! that one a view copies no text at all, and allocates only for lists and for text with escapes.
//!
//! A view forgives what the event forgives: the same names, aliases, missing fields and unknown words. It leaves
//! one thing undone: free-form metadata is passed on as JSON, so what stands inside it is checked for form alone.
//!
//! ```
//! use event_contracts::RawEnvelope;
//! use event_contracts::view::{EventView, ProductPriceChangedView};
//!
//! let body = br#"{"messageId":"m-7","messageType":"ProductPriceChanged","messageVersion":"1.0",
//!     "timestamp":"2026-03-05T06:00:00Z","source":"product-service","payload":{
//!         "variantId":"var_1","productId":"prod_1","updatedAt":"2026-03-05T06:00:00Z","updatedBy":"u-8",
//!         "newPrice":{"baseAmount":"89.90","saleAmount":"69.50","currency":"EUR"}}}"#;
//!
//! let raw = RawEnvelope::parse(body)?;
//! let price = raw.view::<ProductPriceChangedView<'_>>()?;
//! assert_eq!(price.key(), "prod_1");
//! assert_eq!(price.current_amount(), Some("69.50".parse()?));
//!
//! // What shall outlive the message is taken out of it.
//! let kept = price.into_event()?;
//! assert_eq!(kept, raw.decode()?.into_payload());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod id;
mod json_object;
mod price_changed;
mod price_effective;
mod product_created;
mod product_updated;
mod stock_level_changed;
mod text;
mod variant_state;

pub use id::Id;
pub use json_object::JsonObject;
pub use price_changed::ProductPriceChangedView;
pub use price_effective::ProductPriceEffectiveView;
pub use product_created::{CategoryNameView, ProductCreatedView};
pub use product_updated::ProductUpdatedView;
pub use stock_level_changed::StockLevelChangedView;
pub use text::Text;
pub use variant_state::{AttributeView, ImageView, VariantStateView};

use crate::{Error, Event, Payload};
use serde::Deserialize;

/// An event, borrowed from the message for as long as that lives.
///
/// Name, versions and aliases are those of the [`Event`](Self::Event). Read by
/// [`RawEnvelope::view`](crate::RawEnvelope::view).
pub trait EventView<'a>: Deserialize<'a> {
    /// The event that this is a view of.
    type Event: Event;

    /// As [`Event::key`].
    fn key(&self) -> &str;

    /// Copies everything out of the message.
    ///
    /// # Errors
    ///
    /// When the event would have been refused for its free-form metadata: a key stands twice, or a number is beyond
    /// the range of `f64`. The error [is one of the payload](Error::is_payload), without a position.
    fn into_event(self) -> Result<Self::Event, Error>;

    /// As [`Event::read_payload`]: reads a payload that is not in the event's own form.
    ///
    /// # Errors
    ///
    /// When the payload does not fit.
    fn read_payload(payload: Payload<'a>) -> Result<Self, Error> {
        payload.decode()
    }
}
