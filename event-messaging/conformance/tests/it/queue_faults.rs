//! The 21 faults over a queue.

use crate::rig::{Memory, OfQueue, Sqlite};
use event_messaging_conformance::fault_suite;

fault_suite!(Memory<OfQueue>, Sqlite);
