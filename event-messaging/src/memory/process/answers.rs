//! What a session does when it is asked.

use super::journal;
use super::reply::{Answer, Reason};
use super::request::{Face, Question};
use super::session::Session;
use crate::memory::queue::Shape;
use crate::{LogSource, OutboundMessage, Outcome, Partition, Publisher};

impl Session {
    pub(super) async fn publish(&self, face: Face, messages: Vec<OutboundMessage>) -> Vec<Outcome> {
        match face {
            Face::Broker => self.shared.broker.publish(messages).await,
            Face::Log => self.shared.log.publish(messages).await,
        }
    }

    /// Whether all that was done is on the disk.
    pub(super) async fn is_safe(&self) -> bool {
        match &self.shared.journal {
            Some(journal) => journal.sync().await,
            None => true,
        }
    }

    pub(super) async fn answer(&mut self, question: Question) -> Answer {
        let (broker, log) = (&self.shared.broker, &self.shared.log);
        match question {
            Question::Publish(..) => return Answer::Done,
            Question::DeclareQueue {
                name,
                shards,
                is_exclusive,
                capacity,
            } => {
                let shape = Shape {
                    shards,
                    is_exclusive,
                    capacity,
                };
                broker.declare(&name, shape);
                self.note(|| journal::queue(&name, shape));
            }
            Question::Bind {
                queue,
                exchange,
                pattern,
            } => {
                if let Err(error) = broker.bind(&queue, &exchange, &pattern) {
                    return Answer::Refused(Reason::Other, error.to_string());
                }
                self.note(|| journal::bind(&queue, &exchange, &pattern));
            }
            Question::DeleteQueue(name) => {
                self.note(|| journal::delete_queue(&name));
                broker.delete_queue(&name);
            }
            Question::Depth(name) => {
                let queue = broker.queue(&name);
                return queue.map_or(Answer::Numbers(0, 0), |queue| {
                    Answer::Numbers(queue.ready() as u64, queue.unsettled() as u64)
                });
            }
            Question::CreateTopic {
                name,
                partitions,
                capacity,
                retention,
            } => {
                log.create_topic(&name, partitions, capacity, retention);
                self.note(|| journal::topic(&name, partitions, capacity, retention));
            }
            Question::DeleteTopic(name) => {
                self.note(|| journal::delete_topic(&name));
                log.delete_topic(&name);
            }
            Question::Lag { group, topic } => {
                return Answer::Numbers(log.lag(&group, &topic), log.records(&topic) as u64);
            }
            Question::Commit { partition, next } => return self.commit(partition, next).await,
            Question::Release(partitions) => {
                let partitions = self.named(&partitions);
                if let Some(log) = &mut self.log
                    && let Err(error) = log.release(&partitions).await
                {
                    return Answer::Refused(Reason::Other, error.to_string());
                }
                return Answer::Done;
            }
        }
        if self.is_safe().await {
            Answer::Done
        } else {
            Answer::Refused(Reason::Other, "the journal cannot be written".to_owned())
        }
    }

    async fn commit(&mut self, partition: u32, next: u64) -> Answer {
        let partition = Partition::new(self.topic.as_str(), partition);
        let Some(log) = &mut self.log else {
            return Answer::Refused(Reason::Fenced, partition.to_string());
        };
        match log.commit(&partition, next).await {
            Ok(()) => Answer::Done,
            Err(error) if error.is_fenced() => Answer::Refused(Reason::Fenced, partition.to_string()),
            Err(error) => Answer::Refused(Reason::Other, error.to_string()),
        }
    }

    fn note(&self, entry: impl FnOnce() -> Vec<u8>) {
        if let Some(journal) = &self.shared.journal {
            journal.note(&entry());
        }
    }
}
