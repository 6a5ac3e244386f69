//! Circuit breakers as entries of a registry.

use super::Entry;
use crate::breaker::{BreakerPolicy, CircuitBreaker, State};
use crate::event::Events;
use crate::invalid::InvalidPolicy;

/// Named after its key. What happens to it is told to the registry's events, besides the policy whose call brings it
/// about: who listens to both hears it twice.
impl Entry for CircuitBreaker {
    type Settings = BreakerPolicy;

    fn create(key: &str, settings: BreakerPolicy, events: Events) -> Result<Self, InvalidPolicy> {
        Ok(Self::new(key, settings)?.telling(events))
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
