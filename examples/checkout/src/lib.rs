//! An Order Service that places orders against the Product Service, with faults on purpose.
//!
//! An order must not wait for a price that does not come, must not be placed twice because an answer was lost, and must
//! not be sold at yesterday's price without anybody noticing. [`order_service`] is what a service does about that with
//! this SDK, and the part to copy from. The other modules are the stage: they start both services, hand in carts, change
//! prices, break things, and check at the end that every promise was kept.

pub mod bare;
pub mod cli;
pub mod data_folder;
pub mod failure;
pub mod latency;
pub mod merchandiser;
pub mod order_service;
pub mod plan;
pub mod product_service;
pub mod progress;
pub mod reads;
pub mod report;
pub mod run;
pub mod shop;
pub mod stage;
pub mod stop;
pub mod verify;
pub mod weather;
