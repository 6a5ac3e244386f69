//! The local catalogue: what the events said, kept for the time when nobody answers.

mod apply;
mod fallback;
mod intake;
mod known;

pub use intake::Intake;
pub use known::{KnownProduct, KnownVariant};

use super::store::Store;
use crate::failure::Failure;

/// The projection and its inbox.
#[derive(Clone, Debug)]
pub struct Projection {
    store: Store,
}

impl Projection {
    /// The projection in a database.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// How many events had their effect, each counted once.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn events_applied(&self) -> Result<u64, Failure> {
        sqlx::query_scalar("SELECT COUNT(*) FROM inbox WHERE outcome = 'applied'")
            .fetch_one(self.store.read())
            .await
            .map_err(unreadable)
    }
}

fn unreadable(cause: sqlx::Error) -> Failure {
    Failure::because("cannot read the projection", cause)
}
