//! Whole policies as entries of a registry.

use super::Entry;
use crate::breaker::State;
use crate::event::Events;
use crate::invalid::InvalidPolicy;
use crate::{Policy, Settings};

/// Its parts are named after its key.
impl Entry for Policy {
    type Settings = Settings;

    fn create(_key: &str, settings: Settings, events: Events) -> Result<Self, InvalidPolicy> {
        Self::telling(&events, &settings)
    }

    fn check(&self, settings: &Settings) -> Result<(), InvalidPolicy> {
        settings.validate()
    }

    fn reload(&self, settings: Settings) -> Result<(), InvalidPolicy> {
        Self::reload(self, &settings)
    }

    /// Not while a clone of it or a call of its tower face is somewhere, either.
    fn is_forgettable(&self) -> bool {
        let is_closed = self
            .breaker()
            .is_none_or(|breaker| breaker.state() == State::Closed);
        is_closed && !self.is_shared()
    }
}
