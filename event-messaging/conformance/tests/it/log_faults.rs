//! The 21 faults over a log.

use crate::rig::{Memory, OfLog, Sqlite};
use event_messaging_conformance::fault_suite;

fault_suite!(Memory<OfLog>, Sqlite);
