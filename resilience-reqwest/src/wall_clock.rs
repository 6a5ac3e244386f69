use std::time::SystemTime;

/// The wall clock: what a date in a header is compared with, and what `reqwest-retry` waits by.
#[expect(
    clippy::disallowed_methods,
    reason = "the home of the wall clock in this crate"
)]
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}
