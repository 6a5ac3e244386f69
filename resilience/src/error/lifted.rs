//! How the rejections of the single layers become the one error type.

use super::{Cause, Error};
use crate::breaker::Open;
use crate::bulkhead::Full;
use crate::rate_limit::Limited;
use crate::timeout::Elapsed;

impl<E> From<Open> for Error<E> {
    fn from(open: Open) -> Self {
        Self::new(Cause::CircuitOpen(open), None, 0)
    }
}

impl<E> From<Elapsed> for Error<E> {
    fn from(elapsed: Elapsed) -> Self {
        Self::new(Cause::AttemptTimedOut(elapsed), None, 1)
    }
}

impl<E> From<Full> for Error<E> {
    fn from(full: Full) -> Self {
        Self::new(Cause::Full(full), None, 0)
    }
}

impl<E> From<Limited> for Error<E> {
    fn from(limited: Limited) -> Self {
        Self::new(Cause::RateLimited(limited), None, 0)
    }
}
