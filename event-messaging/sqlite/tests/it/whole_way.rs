//! From a transaction through relay and broker into another transaction.

use crate::support::{Folder, open};
use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, ProductEvent};
use event_messaging::{
    Consumer, ConsumerConfig, Context, DeadLetterExchange, Handler, OutboundMessage, OutboxStore,
    OutboxWriter, Outcome, Publisher, Relay, RelayConfig, memory,
};
use event_messaging_sqlite::{SqliteStore, Transaction};
use product_types::{ProductId, Timestamp};
use tokio::sync::watch;

/// Counts deletions in a table, in the transaction of the inbox.
struct Count;

impl Handler<ProductEvent, Transaction> for Count {
    type Error = sqlx::Error;

    async fn handle(
        &self,
        _: ProductEvent,
        transaction: &mut Transaction,
        _: &Context<'_>,
    ) -> Result<(), sqlx::Error> {
        let count = sqlx::query("UPDATE effects SET count = count + 1");
        count.execute(&mut **transaction).await.map(drop)
    }
}

/// Publishes everything twice, as after an answer that was lost.
struct Twice(memory::Broker);

impl Publisher for Twice {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        self.0.publish(batch.clone()).await;
        self.0.publish(batch).await
    }
}

async fn effects(store: &SqliteStore) -> i64 {
    let count = sqlx::query_scalar("SELECT count FROM effects");
    count.fetch_one(store.readers()).await.unwrap()
}

#[tokio::test]
async fn every_event_has_one_effect_though_each_is_delivered_twice() {
    let folder = Folder::new();
    let store = open(&folder.file()).await;
    sqlx::raw_sql("CREATE TABLE effects (count INTEGER); INSERT INTO effects VALUES (0)")
        .execute(store.writer())
        .await
        .unwrap();
    let broker = memory::Broker::new();
    let queue = broker.declare_queue("test", 1_000);
    broker.bind("test", "product.events", "#").unwrap();
    let mut transaction = store.begin().await.unwrap();
    for number in 0..30 {
        let id = ProductId::new(format!("p{}", number % 7)).unwrap();
        let event = ProductDeleted::new(id, Timestamp::UNIX_EPOCH, "u-17");
        let envelope = Envelope::new(event, "product-service", "req-1", Timestamp::UNIX_EPOCH);
        store.append(&mut transaction, envelope).await.unwrap();
    }
    transaction.commit().await.unwrap();

    let (stop, stopped) = watch::channel(false);
    let until_stopped = |mut stopped: watch::Receiver<bool>| async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let relay = Relay::new(store.clone(), Twice(broker.clone()), RelayConfig::default()).unwrap();
    let dead_letters = DeadLetterExchange::new(broker.clone(), "dead");
    let consumer = Consumer::new(queue, Count, dead_letters, ConsumerConfig::new("test")).unwrap();
    let consumer = consumer.with_inbox(store.clone());
    let watching = async {
        while effects(&store).await < 30 {
            tokio::task::yield_now().await;
        }
        stop.send_replace(true);
    };
    let (sent, consumed, ()) = tokio::join!(
        relay.run(until_stopped(stopped.clone())),
        consumer.run(until_stopped(stopped)),
        watching
    );
    assert_eq!(
        (sent.sent, consumed.unwrap().handled, effects(&store).await),
        (30, 30, 30)
    );
    assert_eq!(store.backlog().await.unwrap().pending, 0);
}
