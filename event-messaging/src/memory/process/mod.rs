//! The broker and the log of [`memory`](super) as a process of their own, and clients of it, for tests that kill
//! processes: relay and consumers in several processes share one broker, each of which may die at any moment.
//!
//! A [`Server`] listens at a Unix socket. When a client's connection ends, for whatever reason, what it had not
//! settled is back in its old places, and its shards and partitions are others'. When the server ends, clients wait for
//! it and go on; with a journal it comes back with all that it had confirmed.
//!
//! It is a part of this crate, behind the feature `process`, because it needs what no user of a broker may see: the
//! places of messages, to write them down and put them back. It brings no dependency. It is there for tests: the
//! bytes on the wire and in the journal are those of one version.
//!
//! ```
//! use event_contracts::MessageId;
//! use event_messaging::memory::process::{Client, Server};
//! use event_messaging::{Delivery, OutboundMessage, Outcome, Publisher, Source};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::env::temp_dir().join(format!("process-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! # let socket = folder.join("broker.sock");
//! let server = Server::bind(&socket, None)?;
//! tokio::spawn(server.run(std::future::pending()));
//!
//! let client = Client::new(&socket);
//! client.declare_sharded_queue("order-service.prices", 4, 1_000).await?;
//! client.bind("order-service.prices", "product.events", "product.price.#").await?;
//! let message = OutboundMessage::new(MessageId::new("m-1")?, "product.events", "product.price.changed.v1", "p-1", "{}");
//! assert_eq!(client.publisher().publish(vec![message]).await, [Outcome::Sent]);
//!
//! let mut consumer = client.consumer("order-service.prices", 10);
//! let delivery = consumer.recv().await?.expect("it is never closed on purpose");
//! delivery.ack().await?;
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok(())
//! # }
//! ```

mod answers;
mod client;
mod consumer;
mod image;
mod journal;
mod link;
mod log;
mod publisher;
mod reply;
mod request;
mod server;
mod session;
mod socket;
mod wire;

pub use client::Client;
pub use consumer::{RemoteConsumer, RemoteDelivery};
pub use log::RemoteLogConsumer;
pub use publisher::RemotePublisher;
pub use server::Server;
