//! An implementation of the Product Service's API to test integrations against.
//!
//! # The problem
//!
//! A consumer that is tested against a hand-written mock is tested against what its author believed of the service.
//! This is not a mock: it keeps a real catalogue in SQLite, checks tokens, roles and every rule of
//! `openapi/product-service.yaml`, answers each error with the documented body, and publishes an event for each
//! change, written in the same transaction. It starts in-process on a free port within milliseconds, and it can be told
//! to fail ([`faults`]), so that a consumer sees how it fares when the service does.
//!
//! ```
//! use reference_server::{ReferenceServer, Role};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = ReferenceServer::builder().start().await?;
//!
//! let token = server.token(&[Role::Manager], &[]);
//! println!("curl -H 'Authorization: Bearer {token}' {}/api/v1/products", server.url());
//! # assert!(server.url().starts_with("http://127.0.0.1:"));
//!
//! server.shutdown().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What is guaranteed
//!
//! - A change, its events, its audit record and the answer to its `Idempotency-Key` are one transaction.
//! - Events of one product are numbered without holes, and reach the [`Publisher`](event_messaging::Publisher) in that
//!   order, at least once. Without a publisher they stay in the outbox, and are sent by whichever server opens the same
//!   database with one.
//! - The server listens on a loopback address only: it signs its own tokens.
//!
//! # Where to look
//!
//! [`ReferenceServer`] says what can be configured and [`Running`] what can be done with a started server;
//! [`import`] fills the catalogue from files; [`faults`] switches faults on. The tables of the database are described
//! in the crate's `migrations/`.

mod auth;
mod catalogue;
mod clock;
mod domain;
pub mod faults;
mod http;
pub mod import;
mod server;
mod store;

pub use auth::{Role, UnknownRole};
pub use clock::ManualClock;
pub use server::{
    DEFAULT_DATABASE, DEFAULT_LISTEN, Error, EventCounts, ReferenceServer, Running, development_token,
};

/// The README's example is compiled and run with the documentation's tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
