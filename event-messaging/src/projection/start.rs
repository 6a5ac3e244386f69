//! The start of a projection: page by page, from where the last one came to.

use super::{Position, Progress, ProjectionStore, Projector, SnapshotPage, SnapshotSource};

impl<S: ProjectionStore, P: SnapshotSource<Payload = S::Payload>> Projector<S, P> {
    /// Loads what the source has, unless that was done before. Bind the queue first, so that whatever changes from
    /// then on comes as an event.
    ///
    /// Each page is a transaction that also holds how far the start has come: dropped, or after a crash, it goes on
    /// with the page that was not committed. Several processes may start at once; each page is applied once. It never
    /// fails, and tries again for as long as the source or the store does.
    pub async fn start(&self) {
        loop {
            let progress = self.stored("progress", || self.progress()).await;
            let Some(after) = progress.next_page() else {
                return;
            };
            let page = self.page(after).await;
            let loaded = self.stored("load", || self.load(&progress, &page)).await;
            if let Some(loaded) = loaded {
                self.0.counters.pages(1);
                self.0.counters.loaded(loaded);
                tracing::debug!(loaded, next = page.next, "page of the snapshot applied");
            }
        }
    }

    async fn progress(&self) -> Result<Progress, S::Error> {
        let store = &self.0.store;
        let mut transaction = store.begin().await?;
        store.progress(&mut transaction).await
    }

    /// Applies a page, if nobody else did; says how many of its keys were news.
    async fn load(
        &self,
        progress: &Progress,
        page: &SnapshotPage<S::Payload>,
    ) -> Result<Option<u64>, S::Error> {
        let store = &self.0.store;
        let mut transaction = store.begin().await?;
        if store.progress(&mut transaction).await? != *progress {
            return Ok(None);
        }
        let mut items: Vec<_> = page.items.iter().collect();
        items.sort_by(|one, other| one.key.cmp(&other.key));
        let mut loaded = 0;
        for item in items {
            let known = store.position(&mut transaction, &item.key).await?;
            if Position::admits(known.as_ref(), &item.position, false) {
                let position = item.position.in_place_of(known.as_ref());
                store
                    .replace(&mut transaction, &item.key, Some(&item.payload), &position)
                    .await?;
                loaded += 1;
            }
        }
        let next = page.next.clone().map_or(Progress::Complete, Progress::Before);
        store.set_progress(&mut transaction, &next).await?;
        store.commit(transaction).await?;
        Ok(Some(loaded))
    }
}
