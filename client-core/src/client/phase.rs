//! In which phase a call ended.

use super::attempt::Failure;
use crate::build_error::{BuildError, Problem};
use crate::error::{ErrorKind, Facts};
use crate::{DecodeError, Error, OperationInfo};

/// A mistake of the caller; nothing was sent.
pub(super) fn build_failure(info: &OperationInfo, correlation_id: Option<&str>, cause: BuildError) -> Error {
    let facts = Facts {
        operation: info.id,
        correlation_id: correlation_id.map(str::to_owned),
        attempts: 0,
        may_have_been_sent: false,
        retry_after: None,
        budget_exhausted: false,
    };
    Error::new(ErrorKind::Build(cause), facts)
}

/// The phase in which the call ended.
pub(super) fn error_kind(error: resilience::Error<Failure>) -> ErrorKind {
    use resilience::ErrorKind as Ended;

    match error.kind() {
        Ended::CircuitOpen => ErrorKind::CircuitOpen {
            last: error.into_inner().map(Box::new),
        },
        Ended::Inner => match error.into_inner() {
            Some(failure) => by_failure(failure),
            None => ErrorKind::Timeout { last: None },
        },
        // A kind that does not exist yet has brought no answer either.
        _ => ErrorKind::Timeout {
            last: error.into_inner().map(Box::new),
        },
    }
}

fn by_failure(failure: Failure) -> ErrorKind {
    match failure {
        Failure::Build(cause) => ErrorKind::Build(cause),
        Failure::Credentials(cause) => ErrorKind::Credentials(cause),
        Failure::Refused { answer, .. } => ErrorKind::Api(answer),
        Failure::Transport(cause) if cause.is_connect() => ErrorKind::Connect(cause),
        Failure::Transport(cause) if cause.is_unsendable() => {
            ErrorKind::Build(BuildError::new(Problem::Transport(Box::new(cause))))
        }
        Failure::Transport(cause) => match cause.too_large() {
            Some(limit) => ErrorKind::Decode(DecodeError::too_large(limit)),
            None => ErrorKind::Transport(cause),
        },
    }
}
