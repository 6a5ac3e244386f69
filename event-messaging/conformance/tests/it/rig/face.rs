use event_messaging::memory::Retention;
use event_messaging::memory::faults::{Faults, FaultyLog, FaultySource};
use event_messaging::memory::process::{Client, RemoteConsumer, RemoteLogConsumer, RemotePublisher};
use event_messaging::{Delivery, LogEvent, LogSource, Record, Source};
use event_messaging_conformance::faults::{DEAD_LETTERS, EXCHANGE, FromLog, FromQueue, Intake, Letter};

/// How much of the work is shared out at most.
const PARTS: usize = 8;
const CAPACITY: usize = 200_000;
const NAME: &str = "conformance";

/// What the two faces do differently.
pub(crate) trait Face: Send + Sync + 'static {
    const NAME: &str;

    type Intake: Intake + 'static;

    fn declare(client: &Client) -> impl Future<Output = ()> + Send;
    fn publisher(client: &Client) -> RemotePublisher;
    fn intake(client: &Client, faults: &Faults, prefetch: usize) -> Self::Intake;
    fn waiting(client: &Client) -> impl Future<Output = u64> + Send;
    fn dead_letters(client: &Client) -> impl Future<Output = Vec<Letter>> + Send;
    fn delete(client: &Client) -> impl Future<Output = ()> + Send;
}

/// A queue in shards.
pub(crate) struct OfQueue;

/// A topic in partitions.
pub(crate) struct OfLog;

impl Face for OfQueue {
    const NAME: &str = "a queue";

    type Intake = FromQueue<FaultySource<RemoteConsumer>>;

    async fn declare(client: &Client) {
        client.declare_sharded_queue(NAME, PARTS, CAPACITY).await.unwrap();
        client.bind(NAME, EXCHANGE, "product.#").await.unwrap();
        client.declare_queue(DEAD_LETTERS, CAPACITY).await.unwrap();
        client.bind(DEAD_LETTERS, DEAD_LETTERS, "#").await.unwrap();
    }

    fn publisher(client: &Client) -> RemotePublisher {
        client.publisher()
    }

    fn intake(client: &Client, faults: &Faults, prefetch: usize) -> Self::Intake {
        FromQueue(faults.source(client.consumer(NAME, prefetch)))
    }

    async fn waiting(client: &Client) -> u64 {
        let (_, unsettled) = client.depth(NAME).await.unwrap();
        unsettled
    }

    async fn dead_letters(client: &Client) -> Vec<Letter> {
        let (ready, _) = client.depth(DEAD_LETTERS).await.unwrap();
        let (mut consumer, mut letters) = (client.consumer(DEAD_LETTERS, 100), Vec::new());
        for _ in 0..ready {
            let delivery = consumer.recv().await.unwrap().unwrap();
            letters.push(Letter::of(&delivery));
            delivery.ack().await.unwrap();
        }
        letters
    }

    async fn delete(client: &Client) {
        client.delete_queue(NAME).await.unwrap();
    }
}

impl OfLog {
    pub(crate) const PARTS: usize = PARTS;
}

impl Face for OfLog {
    const NAME: &str = "a log";

    type Intake = FromLog<FaultyLog<RemoteLogConsumer>>;

    async fn declare(client: &Client) {
        for (topic, partitions) in [(EXCHANGE, PARTS), (DEAD_LETTERS, 1)] {
            let created = client.create_topic(topic, partitions, CAPACITY, Retention::UntilCommitted);
            created.await.unwrap();
        }
    }

    fn publisher(client: &Client) -> RemotePublisher {
        client.log_publisher()
    }

    fn intake(client: &Client, faults: &Faults, _prefetch: usize) -> Self::Intake {
        FromLog(faults.log(client.log_consumer(NAME, EXCHANGE)))
    }

    async fn waiting(client: &Client) -> u64 {
        client.lag(NAME, EXCHANGE).await.unwrap()
    }

    async fn dead_letters(client: &Client) -> Vec<Letter> {
        let lag = client.lag(DEAD_LETTERS, DEAD_LETTERS).await.unwrap();
        let mut consumer = client.log_consumer(DEAD_LETTERS, DEAD_LETTERS);
        let mut letters = Vec::new();
        while (letters.len() as u64) < lag {
            if let Some(LogEvent::Record(record)) = consumer.next().await.unwrap() {
                letters.push(Letter::of(&record));
                let committed = consumer.commit(record.partition(), record.offset() + 1);
                committed.await.unwrap();
            }
        }
        letters
    }

    async fn delete(client: &Client) {
        client.delete_topic(EXCHANGE).await.unwrap();
    }
}
