use crate::row::{plain, to_json};
use crate::{Error, SqliteStore, Transaction};
use event_messaging::{OutboundMessage, OutboxWriter};
use sqlx::SqliteConnection;

impl SqliteStore {
    /// The next number of the key, counted in the transaction that `connection` is in.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn next_sequence(&self, connection: &mut SqliteConnection, key: &str) -> Result<u64, Error> {
        let row = sqlx::query(
            "INSERT INTO messaging_sequences (key, last) VALUES (?, 1) \
            ON CONFLICT (key) DO UPDATE SET last = last + 1 RETURNING last",
        )
        .bind(key)
        .fetch_one(connection)
        .await
        .map_err(Error::database)?;
        Ok(plain::<i64>(&row, "last")?.unsigned_abs())
    }

    /// Writes the message behind all others of its key, in the transaction that `connection` is in. Wake the relay
    /// after the commit.
    ///
    /// # Errors
    ///
    /// When the database fails; [`is_duplicate`](Error::is_duplicate) when a message with this id is there.
    pub async fn enqueue(
        &self,
        connection: &mut SqliteConnection,
        message: &OutboundMessage,
    ) -> Result<(), Error> {
        let sequence = message.sequence.map(i64::try_from).transpose();
        sqlx::query(
            "INSERT INTO messaging_outbox \
            (message_id, exchange, routing_key, key, sequence, headers, content_type, created_at, body) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(message.message_id.as_str().to_owned())
        .bind(message.exchange.clone())
        .bind(message.routing_key.clone())
        .bind(message.key.clone())
        .bind(sequence.map_err(Error::encode)?)
        .bind(to_json(&message.headers)?)
        .bind(message.content_type.clone())
        .bind(self.clock.now())
        .bind(message.body.to_vec())
        .execute(connection)
        .await
        .map_err(Error::database)?;
        Ok(())
    }
}

impl OutboxWriter for SqliteStore {
    type Error = Error;

    type Transaction = Transaction;

    async fn next_sequence(&self, transaction: &mut Transaction, key: &str) -> Result<u64, Error> {
        self.next_sequence(transaction, key).await
    }

    async fn enqueue(&self, transaction: &mut Transaction, message: OutboundMessage) -> Result<(), Error> {
        self.enqueue(transaction, &message).await
    }
}
