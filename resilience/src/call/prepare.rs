use super::Attempt;

/// Makes the request of each attempt from what the caller asked for.
///
/// Built when its attempt begins, and not cloned in advance, a request costs nothing for attempts that are never made,
/// and can carry what only the attempt knows, such as the milliseconds left. A closure is one:
///
/// ```
/// use resilience::{Attempt, Prepare, time};
///
/// struct Read {
///     id: u32,
/// }
///
/// let prepare = |read: &Read, attempt: Attempt| {
///     let left = attempt.deadline.remaining_millis(time::now());
///     format!("GET /products/{} within {left} ms", read.id)
/// };
/// # fn assert_prepares<Op, P: Prepare<Op, Request = String>>(_: P) {}
/// # assert_prepares::<Read, _>(prepare);
/// ```
pub trait Prepare<Op> {
    /// What the inner service takes.
    type Request;

    /// The request of `attempt`.
    fn prepare(&self, operation: &Op, attempt: Attempt) -> Self::Request;
}

impl<Op, Req, F: Fn(&Op, Attempt) -> Req> Prepare<Op> for F {
    type Request = Req;

    fn prepare(&self, operation: &Op, attempt: Attempt) -> Req {
        self(operation, attempt)
    }
}

/// Sends a clone of the request each time, which is free for what is `Copy`: the default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cloned;

impl<Op: Clone> Prepare<Op> for Cloned {
    type Request = Op;

    #[inline]
    fn prepare(&self, operation: &Op, _: Attempt) -> Op {
        operation.clone()
    }
}
