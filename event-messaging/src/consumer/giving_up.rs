//! What the inbox is told of a message that is given up.

use super::attempt::Ended;
use super::job::{Identity, Job, Next, Unsettled};
use super::store::StoreDown;
use super::worker::Worker;
use crate::{Admission, DeadLetters, InboxStore};

impl<H, D: DeadLetters, I: InboxStore> Worker<H, D, I> {
    /// Gives up a message that was never handed to the handler, unless that was done before.
    pub(super) async fn refuse<U: Unsettled, M>(
        &self,
        job: &mut Job<U, M>,
    ) -> Result<Option<Ended>, StoreDown> {
        if let Some(identity) = &job.identity {
            let mut transaction = self.begin().await?;
            let entry = identity.entry(&self.config.name).unparked();
            if self.admit(&mut transaction, entry).await? == Admission::Duplicate {
                self.counters().duplicates(1);
                return Ok(Some(Ended::Leave));
            }
        }
        job.next = match std::mem::replace(&mut job.next, Next::Skip) {
            Next::Refuse(failure) => Next::GiveUp(failure),
            other => other,
        };
        Ok(None)
    }

    /// Enters a dead letter into the inbox: a redelivery finds it given up.
    pub(super) async fn remember(&self, identity: Option<&Identity>) -> Result<Option<Ended>, StoreDown> {
        if let Some(identity) = identity {
            let mut transaction = self.begin().await?;
            // Its key may be parked, which is no obstacle to forgetting it.
            let entry = identity.entry(&self.config.name).unparked().given_up();
            self.admit(&mut transaction, entry).await?;
            self.commit(transaction).await?;
        }
        // Not before: until here it may be given back, which is counted as well.
        self.counters().dead_lettered(1);
        Ok(Some(if identity.is_some() {
            Ended::Settle
        } else {
            Ended::Leave
        }))
    }
}
