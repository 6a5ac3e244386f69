//! Chaos on purpose: latency, errors, lost answers and hangs, for tests of what is built on a call.
//!
//! Whether a service bears a peer that fails one call in ten and answers another late is better found out in a test
//! than at night. Faults come by rate and from a seed, so that a run can be repeated, and are off until switched
//! on.
//!
//! ```
//! use resilience::chaos::{Chaos, ChaosPolicy};
//! use std::io;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let chaos = Chaos::new(ChaosPolicy::default().with_errors(1.0))?;
//! let refused = |_| io::Error::from(io::ErrorKind::ConnectionRefused);
//! let ask = || async { Ok(8990) };
//!
//! assert_eq!(chaos.run(refused, ask).await?, 8990);
//! chaos.enable();
//! assert!(chaos.run(refused, ask).await.is_err());
//! # Ok(())
//! # }
//! ```

mod fate;
mod future;
mod handle;
mod layer;
mod policy;
mod service;

pub use fate::Fault;
pub use future::ChaosFuture;
pub use handle::Chaos;
pub use layer::ChaosLayer;
pub use policy::ChaosPolicy;
pub use service::ChaosService;
