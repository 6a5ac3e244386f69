//! The middleware, against a scripted server on virtual time and against real sockets.

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
