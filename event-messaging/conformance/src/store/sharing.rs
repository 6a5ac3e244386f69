//! Several at once.

use super::steps::{begin, claim, commit, ids, mark, message, pending, write};
use super::{Store, Stores};
use futures_util::future::join_all;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

const WRITERS: usize = 4;
const MESSAGES: usize = 25;

/// Writes messages of two keys, one of its own and one of all, numbered in their transactions.
async fn writer<S: Store>(store: &S, name: usize) {
    for round in 0..MESSAGES {
        let key = if round % 2 == 0 {
            "all".to_owned()
        } else {
            format!("own-{name}")
        };
        let mut transaction = begin(store).await;
        let sequence = store
            .next_sequence(&mut transaction, &key)
            .await
            .expect("it counts");
        let mut message = message(&format!("{key}#{sequence}"));
        message.sequence = Some(sequence);
        store
            .enqueue(&mut transaction, message)
            .await
            .expect("it is written");
        commit(store, transaction).await;
    }
}

pub(super) async fn concurrent_writers_leave_no_row_skipped<F: Stores>(stores: &F) {
    let mut handles = Vec::new();
    for _ in 0..=WRITERS {
        handles.push(stores.open().await);
    }
    let reader = handles.pop().expect("there is one more than writers");
    let (sent, is_over) = (RefCell::new(Vec::new()), Cell::new(false));
    let writing = async {
        join_all(
            handles
                .iter()
                .enumerate()
                .map(|(name, store)| writer(store, name)),
        )
        .await;
        is_over.set(true);
    };
    // It claims while they write, never beyond what it has seen, and must find all.
    let reading = async {
        loop {
            let was_over = is_over.get();
            let rows = claim(&reader, 7).await;
            mark(&reader, &rows).await;
            let is_idle = rows.is_empty();
            sent.borrow_mut().extend(rows);
            if is_idle && was_over {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(writing, reading);
    let mut next: BTreeMap<String, u64> = BTreeMap::new();
    for row in sent.borrow().iter() {
        let sequence = next.entry(row.message.key.clone()).or_default();
        *sequence += 1;
        assert_eq!(row.message.sequence, Some(*sequence), "of {}", row.message.key);
    }
    assert_eq!(next.values().sum::<u64>(), (WRITERS * MESSAGES) as u64);
    assert_eq!(pending(&reader).await, 0);
}

pub(super) async fn two_claimers_share_the_rows_and_keep_the_order_of_each_key<F: Stores>(stores: &F) {
    let (one, other) = (stores.open().await, stores.open().await);
    for sequence in 1..=10 {
        for key in ["a", "b", "c", "d", "e"] {
            write(&one, &[&format!("{key}#{sequence}")]).await;
        }
    }
    let sent = RefCell::new(Vec::new());
    let claimer = async |store: &F::Store| {
        loop {
            let rows = claim(store, 3).await;
            if rows.is_empty() && pending(store).await == 0 {
                break;
            }
            sent.borrow_mut()
                .extend(ids(&rows).into_iter().map(str::to_owned));
            tokio::task::yield_now().await;
            assert_eq!(mark(store, &rows).await, rows.len());
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(claimer(&one), claimer(&other));
    let sent = sent.into_inner();
    assert_eq!(sent.len(), 50);
    for key in ["a", "b", "c", "d", "e"] {
        let of_key: Vec<_> = sent.iter().filter(|id| id.starts_with(key)).cloned().collect();
        let expected: Vec<_> = (1..=10).map(|sequence| format!("{key}#{sequence}")).collect();
        assert_eq!(of_key, expected);
    }
}

pub(super) async fn another_handle_sees_what_was_committed<F: Stores>(stores: &F) {
    let (one, other) = (stores.open().await, stores.open().await);
    write(&one, &["a#1"]).await;
    assert_eq!(pending(&other).await, 1);
    let rows = claim(&other, 10).await;
    mark(&other, &rows).await;
    assert_eq!((pending(&one).await, claim(&one, 10).await.len()), (0, 0));
}
