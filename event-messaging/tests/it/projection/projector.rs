use super::model::{Change, Changes, Service, Unavailable, table};
use event_messaging::projection::{
    ProjectionConfig, Projector, Reading, RepairCause, SnapshotPage, SnapshotSource,
};
use event_messaging::{Context, Handler, HandlerError, InboxStore, clock, memory};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

type Projection = Projector<memory::ProjectionTable<Changes, Change>, Service>;

struct Bench {
    service: Service,
    inbox: memory::Inbox,
    table: memory::ProjectionTable<Changes, Change>,
    projector: Projection,
}

fn bench(tells_numbers: bool) -> Bench {
    let (service, inbox) = (Service::new(tells_numbers, 2), memory::Inbox::new());
    let table = table(&inbox);
    let config = ProjectionConfig::default()
        .with_grace(Duration::ZERO)
        .with_seed(1);
    let projector = Projector::new(table.clone(), service.clone(), config).unwrap();
    Bench {
        service,
        inbox,
        table,
        projector,
    }
}

impl Bench {
    /// Hands an event to the projector as a consumer does.
    async fn handle(&self, change: &Change) -> Result<(), HandlerError> {
        let message = memory_message(change);
        let context = Context::new(&message, 1, Duration::from_secs(30));
        let mut transaction = self.inbox.begin().await.unwrap();
        self.projector
            .handle(change.clone(), &mut transaction, &context)
            .await?;
        self.inbox.commit(transaction).await.unwrap();
        Ok(())
    }

    /// Lets what waits for a repair be repaired.
    async fn repaired(&self) {
        let soon = clock::sleep(Duration::from_secs(60));
        self.projector.keep(soon).await;
        assert!(self.projector.open_repairs().is_empty());
    }
}

fn memory_message(change: &Change) -> event_messaging::ParkedContent {
    let message = change.message();
    event_messaging::ParkedContent::new(
        message.message_id,
        message.exchange,
        message.routing_key,
        message.body,
    )
}

#[tokio::test(start_paused = true)]
async fn a_start_loads_all_pages_and_what_they_contain_is_not_applied_again() {
    for tells_numbers in [true, false] {
        let bench = bench(tells_numbers);
        let early: Vec<_> = ["a", "a", "b", "c", "c", "d", "e"]
            .iter()
            .filter_map(|key| bench.service.change(key))
            .collect();
        bench.projector.start().await;
        assert_eq!(bench.table.rows(), bench.service.truth());
        assert_eq!(bench.projector.counts().pages, 3);
        for change in &early {
            bench.handle(change).await.unwrap();
        }
        assert_eq!(bench.table.rows(), bench.service.truth());
        let late = bench.service.change("a").unwrap();
        bench.handle(&late).await.unwrap();
        assert_eq!(bench.table.get("a"), Some(3));
        let counts = bench.projector.counts();
        assert_eq!((counts.applied, counts.contained, counts.gaps), (1, 7, 0));
        bench.projector.start().await;
        assert_eq!(bench.projector.counts().pages, 3, "it starts once");
    }
}

#[tokio::test(start_paused = true)]
async fn a_start_that_was_interrupted_goes_on_with_the_page_it_had_come_to() {
    let bench = bench(true);
    for key in ["a", "b", "c", "d", "e"] {
        bench.service.change(key);
    }
    // The process dies when the first page is applied.
    let starting = bench.projector.start();
    let dying = async {
        while bench.projector.counts().pages == 0 {
            clock::sleep(Duration::from_millis(1)).await;
        }
    };
    let moody = bench.service.clone().with_moods(1);
    tokio::select! {
        biased;
        () = starting => panic!("there are three pages, and each takes its time"),
        () = dying => {}
    }
    moody.fail(0);
    let config = ProjectionConfig::default();
    let again = Projector::new(bench.table.clone(), bench.service.clone(), config).unwrap();
    again.start().await;
    assert_eq!(bench.table.rows(), bench.service.truth());
    assert_eq!(bench.projector.counts().pages + again.counts().pages, 3);
}

#[tokio::test(start_paused = true)]
async fn an_event_in_a_gap_is_held_and_reported_and_after_the_repair_it_is_contained() {
    for tells_numbers in [true, false] {
        let bench = bench(tells_numbers);
        bench.handle(&bench.service.change("a").unwrap()).await.unwrap();
        bench.service.change("a");
        bench.service.change("a");
        let fourth = bench.service.change("a").unwrap();
        let error = bench.handle(&fourth).await.unwrap_err();
        assert!(!error.is_permanent());
        assert_eq!(
            error.cause().to_string(),
            "the events 2 to 3 of its key did not come"
        );
        assert_eq!(bench.table.get("a"), Some(1), "nothing was applied");
        let open = bench.projector.open_repairs();
        assert_eq!(
            (&*open[0].key, &open[0].cause),
            ("a", &RepairCause::Gap { missing: 2..=3 })
        );
        bench.repaired().await;
        assert_eq!(bench.table.get("a"), Some(4));
        bench.handle(&fourth).await.unwrap();
        bench.handle(&bench.service.change("a").unwrap()).await.unwrap();
        assert_eq!(bench.table.get("a"), Some(5));
        let counts = bench.projector.counts();
        assert_eq!(
            (counts.applied, counts.contained, counts.gaps, counts.repairs),
            (2, 1, 1, 1)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_repair_by_a_source_that_lags_behind_does_not_close_the_gap() {
    let bench = bench(false);
    bench.handle(&bench.service.change("a").unwrap()).await.unwrap();
    // What the source still says when the third event is there.
    bench.projector.repair("a");
    bench.repaired().await;
    bench.service.change("a");
    let third = bench.service.change("a").unwrap();
    bench.handle(&third).await.unwrap_err();
    assert_eq!(bench.table.get("a"), Some(1), "the second event is missing still");
    bench.repaired().await;
    bench.handle(&third).await.unwrap();
    assert_eq!(bench.table.get("a"), Some(3));
}

#[tokio::test(start_paused = true)]
async fn a_deleted_key_is_not_brought_back_by_a_page_or_by_its_events() {
    for tells_numbers in [true, false] {
        let bench = bench(tells_numbers);
        let created = bench.service.change("a").unwrap();
        let changed = bench.service.change("a").unwrap();
        let deleted = bench.service.delete("a").unwrap();
        // Nothing of it was known before its second event.
        bench.handle(&changed).await.unwrap_err();
        bench.repaired().await;
        for event in [&changed, &created, &deleted, &changed, &created] {
            bench.handle(event).await.unwrap();
        }
        bench.projector.start().await;
        assert!(bench.table.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_source_does_not_answer_is_asked_for_again() {
    let bench = bench(true);
    bench.service.change("a");
    bench.service.fail(3);
    bench.projector.start().await;
    assert_eq!(bench.projector.counts().source_failures, 3);
    bench.inbox.lose_answers(1);
    assert!(bench.projector.repair("a"));
    bench.repaired().await;
    assert_eq!(
        (bench.projector.counts().store_failures, bench.table.get("a")),
        (1, Some(1))
    );
}

/// A source that has no answer for keys that begin with `bad`, however often it is asked.
struct Choosy(Service);

impl SnapshotSource for Choosy {
    type Payload = Changes;
    type Error = Unavailable;

    async fn page(&self, after: Option<&str>) -> Result<SnapshotPage<Changes>, Unavailable> {
        self.0.page(after).await
    }

    async fn read(&self, key: &str) -> Result<Reading<Changes>, Unavailable> {
        match key.starts_with("bad") {
            true => Err(Unavailable),
            false => self.0.read(key).await,
        }
    }
}

#[tokio::test(start_paused = true)]
async fn keys_that_cannot_be_read_do_not_keep_others_from_their_repair() {
    let bench = bench(true);
    let config = ProjectionConfig::default().with_concurrency(2).with_seed(1);
    let source = Choosy(bench.service.clone());
    let projector = Projector::new(bench.table.clone(), source, config).unwrap();
    bench.service.change("good");
    for key in ["bad-1", "bad-2", "bad-3", "good"] {
        assert!(projector.repair(key));
    }
    projector.keep(clock::sleep(Duration::from_secs(60))).await;
    assert_eq!(bench.table.get("good"), Some(1));
    assert!(
        projector
            .open_repairs()
            .iter()
            .all(|repair| repair.key.starts_with("bad"))
    );
}

#[tokio::test(start_paused = true)]
async fn a_reconciliation_finds_what_is_missing_extra_stale_and_different() {
    for tells_numbers in [true, false] {
        let bench = bench(tells_numbers);
        for key in ["a", "b", "c", "d", "e", "f", "g"] {
            bench.service.change(key);
        }
        bench.projector.start().await;
        bench.table.damage("a", None);
        bench.table.damage("c", Some(77));
        // Their events are lost.
        bench.service.change("d");
        bench.service.delete("e");
        bench.service.delete("g");
        bench.service.change("h");
        let found = bench.projector.reconcile().await;
        assert_eq!(
            (
                found.compared,
                found.missing,
                found.extra,
                found.stale,
                found.differing
            ),
            (6, 2, 2, 1, 1)
        );
        assert_eq!(bench.table.rows(), bench.service.truth());
        assert_eq!(bench.projector.reconcile().await.repaired(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_whose_event_may_be_on_its_way_is_no_fault() {
    let bench = bench(true);
    let config = ProjectionConfig::default().with_grace(Duration::from_secs(86_400));
    let patient = Projector::new(bench.table.clone(), bench.service.clone(), config).unwrap();
    bench.service.change_now("a");
    let found = patient.reconcile().await;
    assert_eq!((found.on_their_way, found.repaired()), (1, 0));
    assert!(bench.table.is_empty());
}

/// Keys that begin with `bad` are in no page, and the source either fails for them or never answers.
struct Speechless {
    service: Service,
    hangs: bool,
    asked: Arc<AtomicU32>,
}

impl SnapshotSource for Speechless {
    type Payload = Changes;
    type Error = Unavailable;

    async fn page(&self, after: Option<&str>) -> Result<SnapshotPage<Changes>, Unavailable> {
        self.service.page(after).await
    }

    async fn read(&self, key: &str) -> Result<Reading<Changes>, Unavailable> {
        if !key.starts_with("bad") {
            return self.service.read(key).await;
        }
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.hangs {
            std::future::pending::<()>().await;
        }
        Err(Unavailable)
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_that_the_source_has_no_answer_for_is_left_and_looked_at_again() {
    for hangs in [false, true] {
        let bench = bench(true);
        for key in ["a", "bad-1", "bad-2", "c", "gone", "z"] {
            bench.service.change(key);
        }
        bench.projector.start().await;
        for key in ["bad-1", "bad-2", "gone"] {
            bench.service.delete(key);
        }
        let asked = Arc::new(AtomicU32::new(0));
        let source = Speechless {
            service: bench.service.clone(),
            hangs,
            asked: Arc::clone(&asked),
        };
        let config = ProjectionConfig::default()
            .with_grace(Duration::ZERO)
            .with_source_timeout(Duration::from_secs(2))
            .with_reconcile_attempts(3)
            .with_seed(1);
        let projector = Projector::new(bench.table.clone(), source, config).unwrap();
        for round in 1..=2 {
            let begun = clock::now();
            let found = projector.reconcile().await;
            assert_eq!((found.compared, found.unresolved), (3, 2));
            assert_eq!(
                found.extra,
                u64::from(round == 1),
                "what it answers for is removed"
            );
            assert_eq!(asked.load(Ordering::SeqCst), round * 2 * 3);
            assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
            assert_eq!(bench.table.get("bad-1"), Some(1), "it stays as it is");
            assert_eq!(projector.counts().unresolved, u64::from(round) * 2);
        }
        assert_eq!(bench.projector.reconcile().await.extra, 2);
        assert_eq!(bench.table.rows(), bench.service.truth());
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_that_answers_for_no_key_does_not_make_a_reconciliation_endless() {
    let bench = bench(true);
    for number in 0..1_200 {
        bench.service.change(&format!("bad-{number}"));
    }
    bench.projector.start().await;
    for number in 0..1_200 {
        bench.service.delete(&format!("bad-{number}"));
    }
    let asked = Arc::new(AtomicU32::new(0));
    let source = Speechless {
        service: bench.service.clone(),
        hangs: true,
        asked: Arc::clone(&asked),
    };
    let config = ProjectionConfig::default().with_seed(1);
    let projector = Projector::new(bench.table.clone(), source, config).unwrap();
    let found = projector.reconcile().await;
    assert_eq!((found.unresolved, found.extra), (1_200, 0));
    assert_eq!(asked.load(Ordering::SeqCst), 50, "ten keys, five times each");
}

#[tokio::test(start_paused = true)]
async fn a_repair_that_is_crowded_out_is_made_with_all_others_before_it_is_time() {
    let bench = bench(true);
    for key in ["a", "b", "c"] {
        bench.service.change(key);
    }
    bench.projector.start().await;
    for key in ["a", "b", "c"] {
        bench.table.damage(key, Some(77));
    }
    let config = ProjectionConfig::default()
        .with_open_repairs(1)
        .with_grace(Duration::from_secs(30))
        .with_seed(1);
    let projector = Projector::new(bench.table.clone(), bench.service.clone(), config).unwrap();
    assert!(projector.repair("a") && projector.repair("a"));
    assert!(!projector.repair("b") && !projector.repair("c"));
    assert_eq!(
        (projector.counts().open_repairs, projector.counts().crowded_out),
        (1, 2)
    );
    projector.keep(clock::sleep(Duration::from_secs(29))).await;
    assert_eq!((bench.table.get("a"), bench.table.get("b")), (Some(1), Some(77)));
    // It is remembered when keeping is interrupted.
    projector.keep(clock::sleep(Duration::from_secs(60))).await;
    assert_eq!(bench.table.rows(), bench.service.truth());
    assert_eq!(projector.counts().reconciliations, 1, "once for all of them");
}

#[test]
fn values_out_of_their_range_are_named_all_at_once() {
    let config = ProjectionConfig::default()
        .with_open_repairs(0)
        .with_reconcile_interval(Duration::ZERO);
    let error = config.validate().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`projection.open_repairs` must be 1 to 1000000; `projection.reconcile_interval` must be above zero and at \
         most 30d"
    );
}
