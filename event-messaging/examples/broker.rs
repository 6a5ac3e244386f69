//! The memory broker as a process, and how many messages a second go through it.
//!
//! ```text
//! cargo run --release -p event-messaging --features process --example broker -- serve /tmp/b.sock [/tmp/b.journal]
//! cargo run --release -p event-messaging --features process --example broker -- load /tmp/b.sock 200000
//! ```

use event_contracts::MessageId;
use event_messaging::memory::process::{Client, RemotePublisher, Server};
use event_messaging::{Delivery, OutboundMessage, Outcome, Publisher, Source, clock};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", socket] => serve(socket, None).await,
        ["serve", socket, journal] => serve(socket, Some(journal)).await,
        ["load", socket, messages] => load(socket, messages.parse()?).await,
        _ => Err("serve SOCKET [JOURNAL], or load SOCKET MESSAGES".into()),
    }
}

async fn serve(socket: &str, journal: Option<&str>) -> Result<(), Box<dyn Error>> {
    let server = Server::bind(Path::new(socket), journal.map(Path::new))?;
    Ok(server.run(std::future::pending()).await?)
}

/// Publishes so many messages of 1 kB, up to 1,024 unconfirmed, while a consumer takes and acknowledges them.
async fn load(socket: &str, messages: u64) -> Result<(), Box<dyn Error>> {
    let client = Client::new(socket);
    client.declare_sharded_queue("load", 8, 100_000).await?;
    client.bind("load", "product.events", "#").await?;
    let begun = clock::now();
    let publisher = Arc::new(client.publisher());
    let publishing: Vec<_> = (0..8)
        .map(|task| tokio::spawn(publish(Arc::clone(&publisher), task, messages / 8)))
        .collect();
    let mut consumer = client.consumer("load", 1_000);
    for _ in 0..messages / 8 * 8 {
        let delivery = consumer.recv().await?.ok_or("the consumer was closed")?;
        delivery.ack().await?;
    }
    for task in publishing {
        task.await??;
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{:.0} messages a second, published, confirmed, delivered and acknowledged",
        messages as f64 / seconds
    );
    Ok(())
}

async fn publish(publisher: Arc<RemotePublisher>, task: u64, messages: u64) -> Result<(), String> {
    let body = "x".repeat(1_000);
    let mut sent = 0;
    while sent < messages {
        let size = (messages - sent).min(100);
        let batch = (sent..sent + size)
            .map(|number| message(task, number, &body))
            .collect::<Result<_, _>>()?;
        let outcomes = publisher.publish(batch).await;
        if let Some(outcome) = outcomes.iter().find(|outcome| **outcome != Outcome::Sent) {
            return Err(format!("a message was {}", outcome.as_str()));
        }
        sent += size;
    }
    Ok(())
}

fn message(task: u64, number: u64, body: &str) -> Result<OutboundMessage, String> {
    let id = MessageId::new(format!("{task}-{number}")).map_err(|error| error.to_string())?;
    let key = format!("k{}", (task + number) % 1_000);
    Ok(OutboundMessage::new(
        id,
        "product.events",
        "product.price.changed.v1",
        key,
        body.to_owned(),
    ))
}
