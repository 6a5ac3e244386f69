//! Starting and stopping the whole.

mod address;
mod builder;
mod development;
mod error;
mod relay;
mod running;
mod serve;
mod start;

pub use builder::{DEFAULT_DATABASE, DEFAULT_LISTEN, ReferenceServer};
pub use development::development_token;
pub use error::Error;
pub use running::{EventCounts, Running};
