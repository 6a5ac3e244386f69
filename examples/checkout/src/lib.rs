//! An Order Service that places orders against the Product Service, with faults on purpose.

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
pub mod report;
pub mod run;
pub mod shop;
pub mod stage;
pub mod stop;
pub mod verify;
pub mod weather;
