//! The server, tested through its public interface.

mod access;
mod api;
mod broken_off;
mod command_line;
mod conditional;
mod events;
mod faults;
mod idempotency;
mod import;
mod prices;
mod products;
mod refusals;
mod starting;
mod variants;
mod wire;
