//! An Order Service that places orders against the Product Service, with faults on purpose.

pub mod cli;
pub mod data_folder;
pub mod failure;
pub mod latency;
pub mod order_service;
pub mod plan;
pub mod progress;
pub mod report;
pub mod stop;
