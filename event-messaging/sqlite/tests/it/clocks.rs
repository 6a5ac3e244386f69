//! A wall clock that goes back, or jumps ahead.

use crate::support::{Folder, SECOND, Wall, message, open, write};
use event_contracts::MessageId;
use event_messaging::{
    Admission, InboxEntry, InboxStore, NewlyParked, OutboxStore, Outcome, ParkedContent, Release,
};
use event_messaging_sqlite::SqliteStore;

const YEAR: std::time::Duration = std::time::Duration::from_secs(366 * 24 * 3_600);

async fn store(folder: &Folder) -> (SqliteStore, Wall) {
    let wall = Wall::new();
    (wall.of(open(&folder.file()).await), wall)
}

async fn claim(store: &SqliteStore) -> Vec<String> {
    let rows = store.claim(10, 30 * SECOND).await.unwrap();
    rows.iter()
        .map(|row| row.message.message_id.to_string())
        .collect()
}

#[tokio::test]
async fn order_is_that_of_the_commits_whatever_the_clock_says() {
    let folder = Folder::new();
    let (store, wall) = store(&folder).await;
    write(&store, &["a#1"]).await;
    wall.go_back(YEAR);
    write(&store, &["a#2", "b#1"]).await;
    assert_eq!(claim(&store).await, ["a#1", "a#2", "b#1"]);
}

#[tokio::test]
async fn a_row_leased_before_the_clock_went_back_far_is_free_at_once() {
    let folder = Folder::new();
    let (store, wall) = store(&folder).await;
    write(&store, &["a#1", "b#1"]).await;
    let rows = store.claim(10, 30 * SECOND).await.unwrap();
    let rest = Release::new(rows[0].lease, 30 * SECOND, Some(Outcome::Nacked));
    store.release(&[rest]).await.unwrap();
    wall.go_back(YEAR);
    assert_eq!(claim(&store).await, ["a#1", "b#1"]);
    // And the lease of before is fenced off.
    assert_eq!(store.mark_sent(&[rows[1].lease]).await.unwrap(), 0);
}

#[tokio::test]
async fn a_clock_that_goes_back_a_little_holds_rows_a_little_longer() {
    let folder = Folder::new();
    let (store, wall) = store(&folder).await;
    write(&store, &["a#1"]).await;
    store.claim(10, 30 * SECOND).await.unwrap();
    wall.go_back(60 * SECOND);
    wall.pass(89 * SECOND);
    assert!(claim(&store).await.is_empty());
    wall.pass(SECOND);
    assert_eq!(claim(&store).await, ["a#1"]);
}

#[tokio::test]
async fn a_long_lease_is_not_taken_by_who_leases_for_a_short_time() {
    const HOUR: std::time::Duration = std::time::Duration::from_secs(3_600);
    let folder = Folder::new();
    let (store, wall) = store(&folder).await;
    let other = wall.of(open(&folder.file()).await);
    write(&store, &["a#1", "b#1"]).await;
    let long = store.claim(1, 24 * HOUR).await.unwrap();
    for _ in 0..23 {
        wall.pass(HOUR);
        assert_eq!(claim(&other).await, ["b#1"]);
    }
    // A rest may be as long.
    let rest = Release::new(long[0].lease, 24 * HOUR, Some(Outcome::Nacked));
    assert_eq!(store.release(&[rest]).await.unwrap(), 1);
    for _ in 0..23 {
        wall.pass(HOUR);
        assert_eq!(claim(&other).await, ["b#1"]);
    }
    wall.pass(HOUR);
    assert_eq!(claim(&other).await, ["a#1", "b#1"]);
}

#[tokio::test]
async fn a_long_lease_is_over_at_once_when_the_clock_went_back_far() {
    let folder = Folder::new();
    let (store, wall) = store(&folder).await;
    write(&store, &["a#1"]).await;
    store.claim(1, 7_200 * SECOND).await.unwrap();
    wall.go_back(3_600 * SECOND);
    assert!(claim(&store).await.is_empty(), "as far as clocks may differ");
    wall.go_back(SECOND);
    assert_eq!(claim(&store).await, ["a#1"]);
}

#[tokio::test]
async fn ages_are_never_negative_and_nothing_young_is_pruned() {
    let folder = Folder::new();
    let (store, wall) = store(&folder).await;
    write(&store, &["a#1", "b#1"]).await;
    let rows = store.claim(1, 30 * SECOND).await.unwrap();
    store.mark_sent(&[rows[0].lease]).await.unwrap();
    wall.go_back(YEAR);
    assert_eq!(
        store.backlog().await.unwrap().oldest,
        Some(std::time::Duration::ZERO)
    );
    assert_eq!(store.prune_sent(SECOND, 10).await.unwrap(), 0);
    assert_eq!(store.prune("c", SECOND, 10).await.unwrap(), 0);
}

#[tokio::test]
async fn a_parked_key_is_not_taken_from_a_process_that_leases_longer() {
    let folder = Folder::new();
    let (store, _) = store(&folder).await;
    let id = MessageId::new("a#1").unwrap();
    let content = ParkedContent::new(id, "product.events", "product.updated", "{}");
    let mut transaction = store.begin().await.unwrap();
    let parked = NewlyParked::behind("test", "a", &content);
    store.park(&mut transaction, parked).await.unwrap();
    transaction.commit().await.unwrap();
    let longer = store.claim_parked("test", 10, 600 * SECOND).await.unwrap();
    assert_eq!(longer.len(), 1);
    assert_eq!(store.claim_parked("test", 10, 60 * SECOND).await.unwrap(), []);
}

#[tokio::test]
async fn a_parked_key_leased_before_the_clock_went_back_is_free_when_it_is_due() {
    let folder = Folder::new();
    let (store, wall) = store(&folder).await;
    let id = MessageId::new("a#1").unwrap();
    let content = ParkedContent::new(id.clone(), "product.events", "product.updated", "{}");
    let mut transaction = store.begin().await.unwrap();
    let parked = NewlyParked::behind("test", "a", &content);
    store.park(&mut transaction, parked).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(
        store.claim_parked("test", 10, 30 * SECOND).await.unwrap().len(),
        1
    );
    wall.go_back(YEAR);
    assert_eq!(store.claim_parked("test", 10, 30 * SECOND).await.unwrap(), []);
    wall.pass(YEAR);
    wall.pass(30 * SECOND);
    let again = store.claim_parked("test", 10, 30 * SECOND).await.unwrap();
    assert_eq!(again.len(), 1);

    let mut transaction = store.begin().await.unwrap();
    assert!(store.unpark(&mut transaction, again[0].lease).await.unwrap());
    let entry = InboxEntry::new("test", &id, "a").unparked();
    assert_eq!(
        store.admit(&mut transaction, entry).await.unwrap(),
        Admission::New
    );
    store
        .enqueue(&mut transaction, &message("effect#1"))
        .await
        .unwrap();
    transaction.commit().await.unwrap();
}
