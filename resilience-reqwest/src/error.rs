use reqwest_middleware::Error;
use resilience::ErrorInfo;

/// What the policy decided, if that is what ended the request: a timeout, a deadline, an open circuit.
///
/// `None` for what went wrong with the request itself, which is the [`Error::Reqwest`] that it always was, and for
/// errors of other middleware. [`resilience::Error::find`] alone does not see through a [`reqwest_middleware::Error`].
#[must_use]
pub fn find(error: &Error) -> Option<ErrorInfo> {
    match error {
        Error::Middleware(cause) => resilience::Error::find(cause.as_ref()),
        Error::Reqwest(_) => None,
    }
}

/// Whether time ran out: the policy's, or a limit of the client's own.
///
/// [`Error::is_timeout`] knows only the latter.
#[must_use]
pub fn is_timeout(error: &Error) -> bool {
    find(error).map_or_else(|| error.is_timeout(), |decided| decided.kind.is_timeout())
}

/// An error as users of the client see it: the request's own as it is, ours boxed.
pub(crate) fn from_policy(error: resilience::Error<Error>) -> Error {
    if error.kind() == resilience::ErrorKind::Inner {
        return error
            .into_inner()
            .expect("an error of this kind holds the operation's own");
    }
    Error::middleware(error.erase())
}
