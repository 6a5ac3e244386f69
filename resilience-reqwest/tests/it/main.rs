//! The middleware, against a scripted server on virtual time and against real sockets.
#![expect(
    clippy::unwrap_used,
    reason = "what a test takes for granted fails it when it does not hold"
)]

mod adapter;
mod answers;
mod connections;
mod deadlines;
mod errors;
mod extensions;
mod repetition;
mod script;
mod sockets;
mod streams;
