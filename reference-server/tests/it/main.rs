//! The server, tested through its public interface.

mod access;
mod api;
mod bodies;
mod broken_off;
mod command_line;
mod conditional;
mod events;
mod faults;
mod heads;
mod idempotency;
mod import;
mod prices;
mod product_changes;
mod products;
mod refusals;
mod starting;
mod surroundings;
mod validation;
mod variants;
mod visibility;
mod wire;
