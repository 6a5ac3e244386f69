//! Circuit breakers as entries of a registry.

use super::Entry;
use crate::breaker::{BreakerPolicy, CircuitBreaker, State};
use crate::event::Events;
use crate::invalid::InvalidPolicy;

/// Named after its key. It tells the policy whose call changes it, so `events` are not used.
impl Entry for CircuitBreaker {
    type Settings = BreakerPolicy;

    fn create(key: &str, settings: BreakerPolicy, _events: Events) -> Result<Self, InvalidPolicy> {
        Self::new(key, settings)
    }

    fn check(&self, settings: &BreakerPolicy) -> Result<(), InvalidPolicy> {
        settings.validate()
    }

    fn reload(&self, settings: BreakerPolicy) -> Result<(), InvalidPolicy> {
        self.set_policy(settings)
    }

    fn is_forgettable(&self) -> bool {
        self.state() == State::Closed
    }
}
