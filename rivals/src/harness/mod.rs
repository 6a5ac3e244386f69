//! Measures our code and a rival's side by side.
//!
//! Only ratios within one run mean anything on a shared machine. So all subjects of a comparison take turns, sample by
//! sample, for as long as the run lasts; a figure is the lower quartile over the rounds of the quickest sample of a
//! round: a machine that is busy most of the time moves it little, and one lucky sample not at all.

mod allocations;
mod row;
mod sample;
mod subject;
mod table;
mod turns;

pub(crate) use allocations::allocations;
pub(crate) use row::{Bar, Row};
pub(crate) use subject::{Batch, Subject, batch, drive, tower_batch};
pub(crate) use table::{json, table};
pub(crate) use turns::{Effort, take_turns};
