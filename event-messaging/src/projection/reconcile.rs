//! The reconciliation: what the source has beside what the projection has.

use super::{Position, ProjectionStore, Projector, SnapshotItem, SnapshotSource};
use product_types::Timestamp;
use std::collections::BTreeSet;

/// What a reconciliation found and repaired, in keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reconciled {
    /// Looked at.
    pub compared: u64,
    /// The source has them, the projection had not.
    pub missing: u64,
    /// The projection had them, the source has not.
    pub extra: u64,
    /// The projection had an older state.
    pub stale: u64,
    /// The projection had another state of the same position.
    pub differing: u64,
    /// The source is ahead by what may be on its way still: left alone.
    pub on_their_way: u64,
    /// The pages of the source have them not, and asked for them alone it did not answer: left alone until the next
    /// reconciliation.
    pub unresolved: u64,
}

/// How many keys of the projection are looked at in one transaction.
const KEYS_AT_ONCE: usize = 500;

/// After so many keys in a row without an answer the source has none for any, and is not asked for more.
const UNANSWERED_IN_A_ROW: u32 = 10;

enum Found {
    Same,
    OnItsWay,
    Missing,
    Stale,
    Differing,
}

impl Reconciled {
    /// How many keys had to be repaired.
    #[must_use]
    pub fn repaired(&self) -> u64 {
        self.missing + self.extra + self.stale + self.differing
    }
}

impl<S: ProjectionStore, P: SnapshotSource<Payload = S::Payload>> Projector<S, P> {
    /// Compares every key with the source and repairs what is missing, extra, stale or different. A key that the
    /// pages do not have is removed only after the source, asked for it alone, has said that it is gone.
    ///
    /// Memory is bounded by a page. Dropped, it has repaired what it came to. It never fails, and tries again for as
    /// long as the store does, or the source with a page. A single key that the source has no answer for is asked for
    /// [a few times](super::ProjectionConfig::reconcile_attempts), counted as unresolved, and looked at again by the next
    /// reconciliation; after ten of them in a row no more are asked for.
    pub async fn reconcile(&self) -> Reconciled {
        let crowded_out = self.0.repairs.crowded_out();
        let mut report = Reconciled::default();
        let (mut after, mut from) = (None::<String>, None::<String>);
        let mut unanswered = 0;
        loop {
            let page = self.page(after.as_deref()).await;
            let last = page.items.iter().map(|item| &item.key).max();
            // What is between two pages belongs to the second; behind the last page there is nothing.
            if page.next.is_none() || last.is_some() {
                let up_to = page.next.as_ref().and(last);
                let present: BTreeSet<&str> = page.items.iter().map(|item| &*item.key).collect();
                let range = (from.as_deref(), up_to.map(|key| &**key));
                self.remove_extra(range, &present, &mut report, &mut unanswered)
                    .await;
            }
            for item in &page.items {
                report.compared += 1;
                match self.stored("compare", || self.compare(item)).await {
                    Found::Same => {}
                    Found::OnItsWay => report.on_their_way += 1,
                    Found::Missing => report.missing += 1,
                    Found::Stale => report.stale += 1,
                    Found::Differing => report.differing += 1,
                }
            }
            from = last.cloned().or(from);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        self.0.repairs.compared(crowded_out);
        self.0.counters.reconciliations(1);
        self.0.counters.reconciled(report.repaired());
        self.0.counters.unresolved(report.unresolved);
        if report.unresolved > 0 {
            tracing::warn!(
                ?report,
                "the source did not answer for some keys: they stay as they are"
            );
        }
        if report.repaired() > 0 {
            tracing::warn!(?report, "the projection was not what the source is: repaired");
        }
        report
    }

    /// Removes what the projection has between two keys and the source has not. `unanswered`: for how many keys in a row
    /// the source had no answer.
    async fn remove_extra(
        &self,
        (from, up_to): (Option<&str>, Option<&str>),
        present: &BTreeSet<&str>,
        report: &mut Reconciled,
        unanswered: &mut u32,
    ) {
        let mut after = from.map(str::to_owned);
        loop {
            let keys = self
                .stored("keys", || {
                    self.0.store.keys(after.as_deref(), up_to, KEYS_AT_ONCE)
                })
                .await;
            for key in keys.iter().filter(|key| !present.contains(key.as_str())) {
                if *unanswered >= UNANSWERED_IN_A_ROW {
                    report.unresolved += 1;
                    continue;
                }
                match self.read_again(key).await {
                    Some(is_gone) => {
                        *unanswered = 0;
                        report.extra += u64::from(is_gone);
                    }
                    None => {
                        *unanswered += 1;
                        report.unresolved += 1;
                    }
                }
            }
            if keys.len() < KEYS_AT_ONCE {
                return;
            }
            after = keys.last().cloned();
        }
    }

    async fn compare(&self, item: &SnapshotItem<S::Payload>) -> Result<Found, S::Error> {
        let store = &self.0.store;
        let mut transaction = store.begin().await?;
        let known = store.position(&mut transaction, &item.key).await?;
        let is_ahead = Position::admits(known.as_ref(), &item.position, false);
        let found = if is_ahead {
            let age = Timestamp::now().duration_since(item.position.as_of);
            match &known {
                _ if age < self.0.config.grace => return Ok(Found::OnItsWay),
                None => Found::Missing,
                Some(_) => Found::Stale,
            }
        } else if Position::admits(known.as_ref(), &item.position, true)
            && !store.is_same(&mut transaction, &item.key, &item.payload).await?
        {
            Found::Differing
        } else {
            return Ok(Found::Same);
        };
        let position = item.position.in_place_of(known.as_ref());
        store
            .replace(&mut transaction, &item.key, Some(&item.payload), &position)
            .await?;
        store.commit(transaction).await?;
        Ok(found)
    }
}
