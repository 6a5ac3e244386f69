//! The faults, a file for each kind. Each function makes one happen and sees what comes of it.

pub(super) mod connection;
pub(super) mod failing;
pub(super) mod outage;
pub(super) mod receiving;
pub(super) mod refusal;
pub(super) mod sending;
pub(super) mod sharing;
pub(super) mod slow;
pub(super) mod writing;
