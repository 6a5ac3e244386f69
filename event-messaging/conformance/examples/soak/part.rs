//! What one process does, until it is killed.

use crate::Failure;
use crate::options::{Face, Part, Role};
use crate::stores;
use event_contracts::price::{NewPrice, ProductPriceChanged};
use event_contracts::product::ProductStatusChanged;
use event_contracts::{Envelope, Event, ProductEvent};
use event_messaging::memory::Retention;
use event_messaging::memory::process::{Client, Server};
use event_messaging::{
    Backoff, Consumer, ConsumerConfig, Context, Control, DeadLetterExchange, Handler, HandlerError,
    LogConsumer, OutboxWriter, Relay, RelayConfig, Retries, clock,
};
use event_messaging_sqlite::{SqliteStore, Transaction};
use product_types::{CurrencyCode, Decimal, ProductId, ProductStatus, Timestamp, VariantId};
use std::future::pending;
use std::path::PathBuf;
use std::time::Duration;

const NAME: &str = "order-service.catalogue";
const EXCHANGE: &str = "product.events";
const DEAD_LETTERS: &str = "order-service.dead-letters";
const SHARDS: usize = 8;
const CAPACITY: usize = 4_000;
const KEYS: u64 = 200;

pub(crate) fn run(part: &Part) -> Result<(), Failure> {
    // The input ends with the run.
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match part.role {
            Role::Broker => broker(part).await,
            Role::Writer => writer(part).await,
            Role::Relay => relay(part).await,
            Role::Consumer => consumer(part).await,
        }
    })
}

async fn broker(part: &Part) -> Result<(), Failure> {
    let server = Server::bind(&socket(part), Some(&part.folder.join("broker.journal")))?;
    Ok(server.run(pending()).await?)
}

/// The broker, with what is to be there in it.
async fn client(part: &Part) -> Result<Client, Failure> {
    let client = Client::new(socket(part)).with_patience(Duration::from_secs(60));
    match part.face {
        Face::Queue => {
            client.declare_sharded_queue(NAME, SHARDS, CAPACITY).await?;
            client.bind(NAME, EXCHANGE, "product.#").await?;
            client.declare_queue(DEAD_LETTERS, CAPACITY).await?;
            client.bind(DEAD_LETTERS, DEAD_LETTERS, "#").await?;
        }
        Face::Log => {
            for topic in [EXCHANGE, DEAD_LETTERS] {
                let created = client.create_topic(topic, SHARDS, CAPACITY, Retention::UntilCommitted);
                created.await?;
            }
        }
    }
    Ok(client)
}

fn socket(part: &Part) -> PathBuf {
    part.folder.join("broker.sock")
}

/// Changes products, a few in each transaction, and tells of it in the same transaction.
async fn writer(part: &Part) -> Result<(), Failure> {
    let store = stores::of_writers(&part.folder).await?;
    let mut random = fastrand::Rng::with_seed(part.seed);
    loop {
        if stores::count(&store, "changes").await? >= part.events {
            return Ok(());
        }
        let mut transaction = store.begin().await?;
        for _ in 0..random.u64(1..=10) {
            let product = ProductId::new(format!("prod_{:03}", random.u64(1..=KEYS)))?;
            let now = Timestamp::now();
            if random.u8(..10) == 0 {
                let (old, new) = (ProductStatus::Active, ProductStatus::Inactive);
                let event = ProductStatusChanged::new(product, old, new, now, "soak");
                write(&store, &mut transaction, &part.name, event).await?;
            } else {
                let amount: Decimal = format!("{}.99", random.u32(1..500)).parse()?;
                let price = NewPrice::new(amount, "EUR".parse::<CurrencyCode>()?);
                let variant = VariantId::new(format!("{}-v1", product.as_str()))?;
                let event = ProductPriceChanged::new(product, variant, price, now, "soak");
                write(&store, &mut transaction, &part.name, event).await?;
            }
        }
        // Now and then the change is not made after all.
        if random.u8(..50) > 0 {
            transaction.commit().await?;
        }
    }
}

async fn write<E: Event + Send>(
    store: &SqliteStore,
    transaction: &mut Transaction,
    process: &str,
    event: E,
) -> Result<(), Failure> {
    let envelope = Envelope::new(event, "product-service", "soak", Timestamp::now());
    let envelope = store.append(transaction, envelope).await?;
    let metadata = envelope.metadata();
    sqlx::query("INSERT INTO changes (key, sequence, message_id, process) VALUES (?, ?, ?, ?)")
        .bind(envelope.payload().key())
        .bind(i64::try_from(metadata.sequence.unwrap_or(0))?)
        .bind(metadata.message_id.as_str())
        .bind(process)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn relay(part: &Part) -> Result<(), Failure> {
    let (store, client) = (stores::of_writers(&part.folder).await?, client(part).await?);
    let publisher = match part.face {
        Face::Queue => client.publisher(),
        Face::Log => client.log_publisher(),
    };
    // A relay that died keeps its rows for so long.
    let config = RelayConfig::default()
        .with_lease(Duration::from_secs(4))
        .with_publish_timeout(Duration::from_secs(2))
        .with_poll_interval(Duration::from_millis(50))
        .with_backoff(Backoff::new(Duration::from_millis(20), Duration::from_secs(1)));
    Relay::new(store, publisher, config)?.run(pending()).await;
    Ok(())
}

/// Writes an effect for each event, and fails now and then after it has.
struct Catalogue {
    process: String,
}

impl Handler<ProductEvent, Transaction> for Catalogue {
    type Error = HandlerError;

    async fn handle(
        &self,
        event: ProductEvent,
        transaction: &mut Transaction,
        _: &Context<'_>,
    ) -> Result<(), HandlerError> {
        let metadata = event.metadata();
        sqlx::query("INSERT INTO effects (key, sequence, message_id, process, at_ms) VALUES (?, ?, ?, ?, ?)")
            .bind(metadata.partition_key.as_deref())
            .bind(i64::try_from(metadata.sequence.unwrap_or(0))?)
            .bind(metadata.message_id.as_str())
            .bind(&self.process)
            .bind(Timestamp::now().unix_millis())
            .execute(&mut **transaction)
            .await?;
        if fastrand::u8(..) == 0 {
            return Err(HandlerError::transient("one in 256 fails"));
        }
        Ok(())
    }
}

async fn consumer(part: &Part) -> Result<(), Failure> {
    let (store, client) = (stores::of_consumers(&part.folder).await?, client(part).await?);
    let handler = Catalogue {
        process: part.name.clone(),
    };
    let mut config = ConsumerConfig::new(NAME).with_prefetch(100);
    // The first wait is held in memory, all others are spent in the park.
    let mut levels = vec![Duration::from_millis(100); 50];
    levels[0] = Duration::from_millis(20);
    config.retries = Retries::new(levels).with_hold_at_most(Duration::from_millis(50));
    config.park.poll_interval = Duration::from_millis(100);
    // A consumer that died keeps its parked keys for so long.
    config.handler_deadline = Duration::from_secs(2);
    config.park.lease = Duration::from_secs(4);
    let ended = match part.face {
        Face::Queue => {
            let dead_letters = DeadLetterExchange::new(client.publisher(), DEAD_LETTERS);
            let source = client.consumer(NAME, config.prefetch);
            let consumer = Consumer::new(source, handler, dead_letters, config)?.with_inbox(store);
            tokio::spawn(count_duplicates(part.clone(), consumer.control()));
            consumer.run(pending()).await
        }
        Face::Log => {
            let dead_letters = DeadLetterExchange::new(client.log_publisher(), DEAD_LETTERS);
            let source = client.log_consumer(NAME, EXCHANGE);
            let consumer = LogConsumer::new(source, handler, dead_letters, config)?.with_inbox(store);
            tokio::spawn(count_duplicates(part.clone(), consumer.control()));
            consumer.run(pending()).await
        }
    };
    ended?;
    Ok(())
}

/// Leaves the count behind, as it was shortly before the process dies.
async fn count_duplicates(part: Part, control: Control) {
    let file = part
        .folder
        .join(format!("duplicates-{}-{}", part.name, std::process::id()));
    let mut written = 0;
    loop {
        clock::sleep(Duration::from_millis(20)).await;
        let duplicates = control.counts().duplicates;
        if duplicates != written && std::fs::write(&file, duplicates.to_string()).is_ok() {
            written = duplicates;
        }
    }
}
