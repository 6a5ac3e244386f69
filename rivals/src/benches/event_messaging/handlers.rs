//! What the measured consumers do with an event.

use event_contracts::{Envelope, Event};
use event_messaging::{Context, Handler};
use event_messaging_sqlite::{Error, SqliteStore, Transaction};
use std::convert::Infallible;
use std::hint::black_box;

/// Handles everything by doing nothing.
pub(super) struct Ignore;

impl<E: Event + Send, T: Send> Handler<Envelope<E>, T> for Ignore {
    type Error = Infallible;

    async fn handle(&self, event: Envelope<E>, _: &mut T, _: &Context<'_>) -> Result<(), Infallible> {
        black_box(event);
        Ok(())
    }
}

/// Counts the events of each key: one row, in a transaction of its own or in that of the inbox.
pub(super) struct Count(pub(super) SqliteStore);

impl<E: Event + Send> Handler<Envelope<E>> for Count {
    type Error = Error;

    async fn handle(&self, event: Envelope<E>, (): &mut (), context: &Context<'_>) -> Result<(), Error> {
        let mut transaction = self.0.begin().await?;
        self.handle(event, &mut transaction, context).await?;
        transaction.commit().await.expect("the disk has room");
        Ok(())
    }
}

impl<E: Event + Send> Handler<Envelope<E>, Transaction> for Count {
    type Error = Error;

    async fn handle(
        &self,
        event: Envelope<E>,
        transaction: &mut Transaction,
        _: &Context<'_>,
    ) -> Result<(), Error> {
        self.0.next_sequence(transaction, event.payload().key()).await?;
        Ok(())
    }
}
