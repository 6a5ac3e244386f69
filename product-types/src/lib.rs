//! The words that every part of the Product Service SDK speaks: identifiers, exact money, instants and statuses.
//!
//! # The problem
//!
//! A price that went through `f64` is no longer the price; an identifier that is a bare `String` can be passed
//! where another one was meant; an enum that refuses a value which a newer service sends breaks a consumer that
//! never looks at it. The types here close those doors, and the HTTP client and the event contracts share them, so
//! that a `VariantId` read from an event can be passed to the client as it is.
//!
//! ```
//! use product_types::{CurrencyCode, Decimal, Money, ProductStatus, VariantId};
//!
//! let price = Money::new("89.90".parse()?, CurrencyCode::EUR);
//! let two: Decimal = price.amount.checked_mul(Decimal::from(2)).ok_or("too large")?;
//! assert_eq!(two.to_string(), "179.80");
//!
//! // Readers accept what the platform really sends: any case, and values that did not exist yet.
//! assert_eq!("active".parse::<ProductStatus>()?, ProductStatus::Active);
//! assert_eq!("ARCHIVED".parse::<ProductStatus>()?.as_str(), "ARCHIVED");
//!
//! // Identifiers are opaque when read; UUIDs are made only by the service that owns the thing.
//! assert!(VariantId::new("var_01FXYZ").is_ok());
//! assert!(VariantId::new("").is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The only dependency is `serde`; the wire forms are those of JSON: decimals, identifiers, statuses and instants
//! are strings. The feature `schema` states them as JSON Schemas, by `schemars` 1.

mod category_path;
mod currency;
mod decimal;
mod error;
mod id;
mod money;
mod open_enum;
mod schema;
mod status;
mod timestamp;
mod wire;

pub use category_path::CategoryPath;
pub use currency::CurrencyCode;
pub use decimal::Decimal;
pub use error::ParseError;
pub use id::{CategoryId, DiscountId, InventoryItemId, ProductId, RoleId, UserId, VariantId, WarehouseId};
pub use money::Money;
pub use status::{DiscountType, InventorySetup, InventoryStatus, PriceType, ProductStatus};
pub use timestamp::Timestamp;
