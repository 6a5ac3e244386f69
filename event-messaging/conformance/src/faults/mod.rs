//! The 21 faults of messaging and their exact outcome, as a suite for whoever brings a transport or a database.
//!
//! A transport implements [`Transport`], a database [`Database`], and [`fault_suite!`](crate::fault_suite) makes one
//! test of each fault for the pair: the whole way from a writer's transaction over relay, transport and consumer to
//! the effect in the consumer's own transaction. What must come out is counted in the database.
//!
//! Crashes are real: the parts that die are the test program itself in processes of their own, killed with -9 at the
//! very place that the fault names. Nothing is told by how fast it is: a test waits for what must happen, on the real clock, and
//! of a wait it measures that it was not too short.
//!
//! A fault that a transport cannot make happen is *not checked*: the test fails and says so, until the suite's author
//! lists it with a reason, and then it is listed as ignored with that reason. It never passes in silence.

mod brake;
mod cases;
mod database;
mod fault;
mod folder;
mod handler;
mod hooked;
mod intake;
mod pace;
mod part;
mod process;
mod rig;
mod run;
mod suite;
mod transport;
mod watched;
mod write;

pub use database::{Database, Effect};
pub use fault::Fault;
pub use intake::{Deleted, FromLog, FromQueue, Intake, Run};
pub use part::run_part;
pub use run::{NotChecked, run};
pub use transport::{CannotInject, DEAD_LETTERS, EXCHANGE, Letter, NOWHERE, Transport};

use brake::Place;
