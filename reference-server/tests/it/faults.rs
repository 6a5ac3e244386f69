//! Faults on purpose, seen from the wire: what a client meets is bytes, or their absence.

mod plans;
mod strikes;

use reference_server::{ReferenceServer, Running};

async fn server() -> Running {
    ReferenceServer::builder()
        .listen("127.0.0.1:0")
        .database("sqlite::memory:")
        .start()
        .await
        .expect("it starts")
}
