//! Dead letters that are sent again: handled once more, in a new place, and with one effect.

mod again;
mod letters;
mod races;

use crate::handlers::{Effects, Started, config, dead_letters, publish_all, run_with_inbox};
use crate::support::{Stop, broker, settle};
use event_messaging::{Consumer, ConsumerConfig, DeadLetters, OutboundMessage, Retries, memory};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// One retry is held, and one spent in the park.
fn patient() -> ConsumerConfig {
    config().with_retries(Retries::new([SECOND, MINUTE]).with_jitter(0.0))
}

struct Bench {
    broker: memory::Broker,
    queue: memory::Queue,
    dead: memory::Queue,
    inbox: memory::Inbox,
    effects: Effects,
}

impl Bench {
    fn new(effects: Effects) -> Self {
        let (broker, queue) = broker();
        let (_, dead) = dead_letters(&broker);
        Self {
            broker,
            queue,
            dead,
            inbox: memory::Inbox::new(),
            effects,
        }
    }

    fn start(&self, config: ConsumerConfig) -> Started {
        run_with_inbox(
            &self.broker,
            &self.queue,
            self.effects.clone(),
            self.inbox.clone(),
            config,
        )
    }

    /// Starts a consumer whose dead letters go through `publisher`.
    fn start_with(&self, dead_letters: impl DeadLetters + 'static, config: ConsumerConfig) -> Started {
        let stop = Stop::new();
        let consumer = Consumer::new(self.queue.clone(), self.effects.clone(), dead_letters, config)
            .unwrap()
            .with_inbox(self.inbox.clone());
        Started {
            control: consumer.control(),
            task: tokio::spawn(consumer.run(stop.signal())),
            stop,
        }
    }

    /// Takes the only dead letter, and makes the message of it.
    fn letter(&self) -> OutboundMessage {
        assert_eq!(self.dead.ready(), 1);
        let letter = self.dead.try_recv().unwrap();
        let message = OutboundMessage::from_dead_letter(&letter).unwrap();
        letter.ack();
        message
    }

    async fn send(&self, message: &OutboundMessage) {
        publish_all(&self.broker, vec![message.clone()]).await;
        settle().await;
    }
}
