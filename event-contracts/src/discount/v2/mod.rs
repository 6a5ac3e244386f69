//! The second version of discounts, whose benefit is typed.
//!
//! Version 1 says `type` and `value` and leaves out the currency of a fixed amount. Readers of version 2 read
//! version 1 too; a writer that has gone over to version 2 still writes version 1 for readers that have not, by
//! [`Envelope::downcast`](crate::Envelope::downcast).

mod benefit;
mod created;

pub use benefit::Benefit;
pub use created::DiscountCreated;
