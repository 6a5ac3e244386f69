use crate::Deadline;

/// Tells by when the call of a request must have ended. A closure is one.
pub trait RequestDeadline<Req> {
    /// The deadline of `request`, if it has one.
    fn deadline(&self, request: &Req) -> Option<Deadline>;
}

/// No request has a deadline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoDeadline;

impl<Req> RequestDeadline<Req> for NoDeadline {
    fn deadline(&self, _: &Req) -> Option<Deadline> {
        None
    }
}

impl<Req, F: Fn(&Req) -> Option<Deadline>> RequestDeadline<Req> for F {
    fn deadline(&self, request: &Req) -> Option<Deadline> {
        self(request)
    }
}
