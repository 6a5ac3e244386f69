use super::Call;

/// Tells what a policy must know of the call that a request makes. A closure is one:
///
/// ```
/// use resilience::{Call, Describe};
///
/// struct Read(u32);
///
/// let describe = |_: &Read| Call::idempotent();
/// assert!(describe.describe(&Read(7)).idempotent);
/// ```
pub trait Describe<Req> {
    /// The call that `request` makes.
    fn describe(&self, request: &Req) -> Call;
}

impl<Req, F: Fn(&Req) -> Call> Describe<Req> for F {
    fn describe(&self, request: &Req) -> Call {
        self(request)
    }
}

/// No call may be repeated once the peer may have seen it, and none has a deadline of its own: the default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Careful;

impl<Req> Describe<Req> for Careful {
    fn describe(&self, _: &Req) -> Call {
        Call::not_idempotent()
    }
}
