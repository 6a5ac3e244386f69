//! What may differ from call to call.

use std::time::Duration;

use resilience::Deadline;

/// Options of one call. What is not set is left to the client and the contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallOptions {
    /// Sent as `X-Correlation-ID`: 1 to 128 of `[A-Za-z0-9._:-]`. Default: a new UUID.
    pub correlation_id: Option<String>,
    /// Sent as `Idempotency-Key`: 1 to 255 visible ASCII characters. Default: a new UUID if the operation takes a key.
    /// With one, the call is retried even where the contract makes no promise.
    pub idempotency_key: Option<String>,
    /// In place of the contract's overall timeout, shorter or longer.
    pub timeout: Option<Duration>,
    /// The caller's own deadline: it can only shorten what the timeout allows.
    pub deadline: Option<Deadline>,
}

impl CallOptions {
    /// Sets [`correlation_id`](Self::correlation_id).
    #[must_use]
    pub fn with_correlation_id(mut self, correlation_id: impl Into<String>) -> Self {
        self.correlation_id = Some(correlation_id.into());
        self
    }

    /// Sets [`idempotency_key`](Self::idempotency_key).
    #[must_use]
    pub fn with_idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// Sets [`timeout`](Self::timeout).
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets [`deadline`](Self::deadline).
    #[must_use]
    pub fn with_deadline(mut self, deadline: Deadline) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// These options, with what `other` sets in their place.
    pub(super) fn overridden_by(self, other: Self) -> Self {
        Self {
            correlation_id: other.correlation_id.or(self.correlation_id),
            idempotency_key: other.idempotency_key.or(self.idempotency_key),
            timeout: other.timeout.or(self.timeout),
            deadline: other.deadline.or(self.deadline),
        }
    }
}
