//! A run from its first file to its last check.

use crate::bare::BareReads;
use crate::cli::Options;
use crate::data_folder::DataFolder;
use crate::failure::Failure;
use crate::merchandiser::{self, Tally};
use crate::plan::{Plan, Submissions};
use crate::progress::Progress;
use crate::report::Report;
use crate::shop::Shop;
use crate::stage::Stage;
use crate::stop::Stop;
use crate::verify::orders::Submitted;
use crate::verify::{catalogue, orders};
use crate::weather::Weather;
use resilience::time;
use std::time::Duration;
use tokio::sync::mpsc;

/// How long orders on fallback are waited for at the end, when nothing fails on purpose any more.
const LAST_REPRICING: Duration = Duration::from_secs(60);

/// How often they are tried until then.
const TRY_AGAIN: Duration = Duration::from_millis(100);

/// Starts both services, opens the shop, closes it, and checks what came of it.
///
/// # Errors
///
/// When something fails that should not: files, databases, the server's start. What the Product Service does on purpose
/// is no error, and what the orders suffered is in the report.
pub async fn run(options: &Options, stop: &Stop, progress: &Progress) -> Result<Report, Failure> {
    let mut data = match &options.data {
        Some(path) => DataFolder::at(path)?,
        None => DataFolder::temporary()?,
    };
    let stage = Stage::set(&data, options.seed, progress).await?;
    progress.spin("importing the catalogue");
    let imported = stage.product_service.import(options.catalogue.as_deref()).await?;
    stage.product_service.drained(stage.service.projection()).await?;
    let plan = Plan::draw(options.seed, options.orders as usize, stage.assortment().await?);
    progress.say(format!(
        "{} products imported, {} rows refused",
        imported.products.created,
        imported.refusals.len()
    ));
    data.commit();

    let began = time::now();
    let trade = trade(options, &plan, &stage, stop, progress).await?;
    progress.spin("checking every order and the whole projection");
    let mut report = checked(&stage, &trade).await?;
    report.seconds = (time::now() - began).as_secs_f64();
    report.products = imported.products.created;
    report.rows_refused = imported.refusals.len();
    report.fault_rate = options.fault_rate;
    report.seed = options.seed;
    report.interrupted = stop.is_requested();
    report.data = data.kept().map(|path| path.display().to_string());
    stage.strike().await?;
    Ok(report)
}

/// What the shop, the merchandiser and the bare client have to tell when it is over.
struct Trade {
    submitted: Vec<Submitted>,
    submitted_twice: usize,
    changes: Tally,
    bare: BareReads,
}

async fn trade(
    options: &Options,
    plan: &Plan,
    stage: &Stage,
    stop: &Stop,
    progress: &Progress,
) -> Result<Trade, Failure> {
    let bands = options.bands().map_err(Failure::new)?;
    let (base_url, token) = (
        stage.product_service.base_url(),
        stage.product_service.manager_token(),
    );
    let bare = BareReads::new(&base_url)?;
    let (changes, due) = mpsc::unbounded_channel();
    let merchandiser = tokio::spawn(merchandiser::work(merchandiser::connect(&base_url, &token)?, due));
    let faults = stage.product_service.faults();
    let shop = Shop {
        service: stage.service.clone(),
        concurrency: options.concurrency.into(),
        bare: bare.clone(),
        weather: Weather::begin(faults, options.fault_rate, plan.outage, progress.clone())?,
        changes,
        progress: progress.clone(),
        stop: stop.clone(),
    };
    progress.count("placing orders", plan.carts.len() as u64);
    let submitted = tokio::select! {
        submitted = shop.open(plan) => submitted?,
        failed = stage.service.keep_repricing(bands) => match failed? {},
    };

    progress.spin("pricing the last orders on fallback again");
    let changes = merchandiser
        .await
        .map_err(|cause| Failure::because("the merchandiser died", cause))?;
    let patience = time::now() + LAST_REPRICING;
    while !stage.service.reprice_waiting(bands).await? && time::now() < patience {
        time::sleep(TRY_AGAIN).await;
    }
    let twice = |planned: &&crate::plan::PlannedCart| planned.submissions != Submissions::Once;
    Ok(Trade {
        submitted_twice: plan.carts.iter().take(submitted.len()).filter(twice).count(),
        submitted,
        changes,
        bare,
    })
}

/// Counts and compares. Nothing fails on purpose any more, and nobody changes the catalogue.
async fn checked(stage: &Stage, trade: &Trade) -> Result<Report, Failure> {
    let projection = stage.service.projection();
    let events_published = stage.product_service.drained(projection).await?;
    let (base_url, token) = (
        stage.product_service.base_url(),
        stage.product_service.manager_token(),
    );
    let comparison = catalogue::compare(&merchandiser::connect(&base_url, &token)?, projection).await?;
    let counts = orders::check(&stage.store, &trade.submitted).await?;
    let calls = stage.client.core().stats();
    let (reads, bare) = (
        stage.service.price_reads().summary(),
        trade.bare.reads().summary(),
    );
    Ok(Report {
        orders: trade.submitted.len(),
        confirmed: counts.confirmed,
        on_fallback: counts.on_fallback,
        confirmed_later: counts.confirmed_later,
        flagged: counts.flagged,
        still_unconfirmed: counts.still_unconfirmed,
        customers_told: counts.customers_told,
        rejected: counts.rejected,
        lost: counts.lost,
        doubled: counts.doubled,
        submitted_twice: trade.submitted_twice,
        retries: calls.retries,
        breaker_openings: calls.breaker_openings,
        rejected_by_breaker: calls.rejections,
        changes_made: trade.changes.made,
        changes_not_made: trade.changes.refused,
        events_published,
        events_applied: projection.events_applied().await?,
        projection_equals_source: comparison.differing == 0,
        products_compared: comparison.products,
        variants_compared: comparison.variants,
        differences: comparison.differences,
        latency_ms: reads.latency_ms,
        reads_unconfirmed: reads.unconfirmed,
        reads_failed: reads.nothing,
        latency_ms_unprotected: bare.latency_ms,
        unprotected_failed: bare.nothing,
        ..Report::default()
    })
}
