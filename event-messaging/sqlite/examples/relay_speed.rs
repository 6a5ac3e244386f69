//! How many events a second leave the outbox, in a file of the folder for temporary files (`TMPDIR`):
//! `cargo run --release --example relay_speed -- [events] [keys] [full|normal] [rows sent before]`.

use event_contracts::MessageId;
use event_messaging::{OutboundMessage, Relay, RelayConfig, clock, memory};
use event_messaging_sqlite::{SqliteOptions, SqliteStore, Synchronous};
use std::error::Error;
use std::time::Duration;

/// About what an event with its envelope takes, in bytes.
const BODY: usize = 1_400;
const SENT_BEFORE: &str = "INSERT INTO messaging_outbox \
    (message_id, exchange, routing_key, key, created_at, sent_at, body) \
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?) \
    SELECT 'old' || i, 'e', 'r', i % 1000, 0, unixepoch() * 1000, zeroblob(1400) FROM n";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize, default: usize| arguments.get(index).map_or(Ok(default), |text| text.parse());
    let (events, keys, sent) = (number(0, 50_000)?, number(1, 1_000)?, number(3, 0)?);
    let synchronous = match arguments.get(2).map(String::as_str) {
        Some("normal") => Synchronous::Normal,
        _ => Synchronous::Full,
    };
    let folder = std::env::temp_dir().join(format!("relay-speed-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let options = SqliteOptions::file(folder.join("outbox.sqlite")).with_synchronous(synchronous);
    let store = SqliteStore::open(options).await?;
    if sent > 0 {
        let before = sqlx::query(SENT_BEFORE).bind(i64::try_from(sent)?);
        before.execute(store.writer()).await?;
    }
    write(&store, events, keys).await?;

    let broker = memory::Broker::new();
    let queue = broker.declare_queue("all", events);
    broker.bind("all", "product.events", "#")?;
    let relay = Relay::new(store.clone(), broker, RelayConfig::default())?;
    let began = clock::now();
    let all_are_there = async {
        while queue.ready() < events {
            clock::sleep(Duration::from_millis(1)).await;
        }
    };
    let counts = relay.run(all_are_there).await;
    let took = began.elapsed();
    store.close().await;
    std::fs::remove_dir_all(folder)?;
    println!(
        "{} events of {keys} keys, synchronous {synchronous:?}, {sent} rows sent before: {:.0} events a second",
        counts.sent,
        events as f64 / took.as_secs_f64()
    );
    Ok(())
}

async fn write(store: &SqliteStore, events: usize, keys: usize) -> Result<(), Box<dyn Error>> {
    let mut transaction = store.begin().await?;
    for number in 0..events {
        let id = MessageId::new(format!("{number:036}"))?;
        let key = format!("prod_{}", number.wrapping_mul(7_919) % keys);
        let body = vec![b'x'; BODY];
        let message = OutboundMessage::new(id, "product.events", "product.updated", key, body);
        store.enqueue(&mut transaction, &message).await?;
    }
    transaction.commit().await?;
    Ok(())
}
