use super::{Author, Catalogue, CatalogueError};
use crate::store::{StoreError, schedule};
use event_messaging::clock;
use std::time::Duration;
use uuid::Uuid;

/// How many variants change their prices in one transaction.
const AT_ONCE: u32 = 100;
/// How long to wait after the database has failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Lets scheduled prices come into force, and those with an end go out of it, each at its moment. Runs until it is
/// dropped, which at any point leaves the catalogue as it was before or after a change.
pub(crate) async fn run(catalogue: Catalogue) {
    loop {
        if let Err(cause) = turn(&catalogue).await {
            tracing::error!(error = %cause, "prices that are due could not be brought into force; trying again");
            clock::sleep(AFTER_FAILURE).await;
        }
    }
}

/// Waits for the next moment, and applies what is due then.
async fn turn(catalogue: &Catalogue) -> Result<(), CatalogueError> {
    // A change between looking at the schedule and waiting leaves its notification behind.
    let changed = catalogue.signals.schedule.notified();
    match next(catalogue).await? {
        Some(due) if due <= catalogue.clock.now() => apply(catalogue).await?,
        Some(due) => {
            tokio::select! {
                () = catalogue.clock.sleep_until(due) => {}
                () = changed => {}
            }
        }
        None => changed.await,
    }
    Ok(())
}

async fn next(catalogue: &Catalogue) -> Result<Option<product_types::Timestamp>, StoreError> {
    let mut reader = catalogue.store.reader().await?;
    schedule::next(&mut reader).await
}

async fn apply(catalogue: &Catalogue) -> Result<(), CatalogueError> {
    let author = Author {
        actor: "scheduler".to_owned(),
        correlation_id: Uuid::now_v7().to_string(),
    };
    let mut work = catalogue.begin(author).await?;
    let applied = work.apply_due_prices(AT_ONCE).await?;
    work.commit().await?;
    tracing::info!(variants = applied, "prices came into force by schedule");
    Ok(())
}
