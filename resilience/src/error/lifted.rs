//! How the rejections of the single layers become the one error type.

use super::{Cause, Error};
use crate::breaker::Open;
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
