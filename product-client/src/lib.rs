//! Client of the Product Service: generated from its OpenAPI document, resilient by contract.
//!
//! An order can't wait for a price that does not come, must not be placed twice because a connection broke, and must
//! not be sold at a price from last week without anyone noticing. What each call may do about a failure (how long to
//! wait, whether to try again, when to stop asking) stands in the service's contract, and this client does it:
//!
//! ```no_run
//! use std::time::Duration;
//! use product_client::{ProductClient, VariantId};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // PRODUCT_SERVICE_URL, PRODUCT_SERVICE_TOKEN, ...; see `ProductClientConfig` for all settings.
//! let client = ProductClient::from_env()?;
//!
//! let price = client
//!     .get_variant_price(VariantId::new("3f0c6b9e-6d0a-4c58-9a3e-0f6d3f1d2b11")?)
//!     .correlation_id("order-4711")
//!     .timeout(Duration::from_millis(700))
//!     .await?;
//! println!("{} {}", price.current_price, price.currency);
//! # Ok(())
//! # }
//! ```
//!
//! # What comes out is told by the call
//!
//! | call | gives |
//! |---|---|
//! | `.await?` | the value, live |
//! | `.send().await?` | [`Response`]: the value with status, headers (`ETag`, `Location`, limits), correlation id, attempts |
//! | `.or_fallback(&source).await?` | [`Answer`]: live, or an older value, marked with its time and why |
//!
//! # When the service does not answer
//!
//! Any [`FallbackSource`] may step in, such as a projection that is filled from the service's events. It is asked only
//! when there is no definitive answer: a 404 stays a 404.
//!
//! ```
//! use product_client::{
//!     Answer, FallbackSource, GetVariantPrice, Price, ProductClient, Stored, VariantId,
//!     testing::{Reply, ScriptedTransport},
//! };
//!
//! struct Projection { price: Option<Stored<Price>> }
//!
//! impl FallbackSource<GetVariantPrice> for Projection {
//!     async fn fallback(&self, _call: &GetVariantPrice) -> Option<Stored<Price>> {
//!         self.price.clone()
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = ProductClient::builder("https://products.test/api/v1")
//!     .transport(ScriptedTransport::always(Reply::no_connection()))
//!     .build()?;
//!
//! let projection = Projection { price: None };
//! match client.get_variant_price(VariantId::new("v-1")?).or_fallback(&projection).await {
//!     Ok(Answer::Live(price)) => println!("{}", price.current_price),
//!     Ok(Answer::Unconfirmed { value, as_of, cause }) => println!("{} as of {as_of}: {cause}", value.current_price),
//!     Err(error) if error.is_not_found() => println!("no such variant"),
//!     Err(error) => println!("try again in {:?}", error.retry_after()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! There is one [`Error`], by phase; [`Error::may_have_been_sent`] tells whether a write may have happened, and
//! [`Error::api`] what the service said.
//!
//! # Features
//!
//! `reqwest` (default): HTTP over reqwest with rustls. Without it, give [`ProductClientBuilder::transport`] one.

mod builder;
mod config;
#[allow(
    unreachable_pub,
    reason = "the generator does not know that this crate exports its items by name"
)]
mod generated;

pub use builder::ProductClientBuilder;
pub use config::{ConfigError, OperationConfig, ProductClientConfig};

pub use generated::models::{
    Attribute, Category, CategoryCreate, CategoryPage, CategoryPatch, CategorySummary, DependencyHealth,
    Discount, DiscountApply, DiscountCreate, DiscountPage, DiscountPatch, DiscountStatus, DiscountType,
    Health, HealthStatus, Image, Price, PriceHistoryEntry, PriceHistoryPage, Product, ProductBatch,
    ProductCreate, ProductIds, ProductPage, ProductPatch, ProductStatusChange, ProductValidationStatus,
    SetPrice, Variant, VariantBatch, VariantCreate, VariantIds, VariantPage, VariantPatch, VariantPrice,
};
pub use generated::operations::{
    ApplyDiscount, BatchProducts, BatchVariants, ChangeProductStatus, CreateCategory, CreateDiscount,
    CreateProduct, CreateVariant, DeleteCategory, DeleteDiscount, DeleteProduct, DeleteVariant, GetCategory,
    GetDiscount, GetDocs, GetDocument, GetLiveness, GetMetrics, GetPriceHistory, GetProduct,
    GetProductValidationStatus, GetReadiness, GetVariant, GetVariantPrice, HeadProduct, ListCategories,
    ListDiscounts, ListProducts, ListVariants, PatchCategory, PatchDiscount, PatchProduct, PatchVariant,
    RemoveDiscount, SetVariantPrice,
};
pub use generated::{Call, ProductClient};

// What the calls give and take.
pub use client_core::testing;
pub use client_core::{
    Answer, ApiError, BoxFuture, BuildError, CallOptions, ClientPolicy, Deadline, DecodeError, EnvToken,
    Error, Event, Exchange, FallbackSource, Finished, Idempotency, Operation, OperationInfo, Page, Paged,
    Patch, RateLimit, Response, StaticToken, Stats, Stored, TimeoutOverrides, Token, TokenError, TokenSource,
    Transport, TransportError,
};
pub use product_types::{
    CategoryId, CurrencyCode, Decimal, DiscountId, InventorySetup, InventoryStatus, Money, PriceType,
    ProductId, ProductStatus, Timestamp, VariantId,
};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
