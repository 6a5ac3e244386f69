use crate::{Backlog, ConsumerCounts, ParkedBacklog, RelayCounts};

/// Reports nothing.
pub(crate) struct ConsumerMeters;

/// Reports nothing.
pub(crate) struct RelayMeters;

impl ConsumerMeters {
    pub(crate) const ARE_RECORDED: bool = false;

    pub(crate) fn new(_: &str) -> Self {
        Self
    }

    pub(crate) fn report(&self, _: ConsumerCounts) {}

    pub(crate) fn parked(&self, _: &ParkedBacklog) {}
}

impl RelayMeters {
    pub(crate) const ARE_RECORDED: bool = false;

    pub(crate) fn new() -> Self {
        Self
    }

    pub(crate) fn report(&self, _: RelayCounts) {}

    pub(crate) fn outbox(&self, _: &Backlog) {}
}
