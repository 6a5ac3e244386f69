use crate::Failure;
use crate::options::Options;
use crate::processes::Processes;
use crate::records::{Kill, Records};
use crate::stores;
use event_messaging::clock;
use product_types::Timestamp;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// How long one process lives at least, and at most, until some process is killed.
const SHORTEST_LIFE_MS: u64 = 300;
const LONGEST_LIFE_MS: u64 = 1_500;

/// How long nothing may happen at the end before what is missing counts as lost.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs all parts, kills some, waits until everything has arrived, and reads what came of it.
pub(crate) fn run(options: &Options) -> Result<Records, Failure> {
    let folder = std::env::temp_dir().join(format!("soak-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let ran = runtime.block_on(supervise(options, &folder));
    // A folder that stays is no reason to lose the figures.
    let _ = fs::remove_dir_all(&folder);
    ran
}

async fn supervise(options: &Options, folder: &Path) -> Result<Records, Failure> {
    let (writers, consumers) = (
        stores::of_writers(folder).await?,
        stores::of_consumers(folder).await?,
    );
    let mut processes = Processes::start(options.face, folder, options.seed, options.events)?;
    let mut random = fastrand::Rng::with_seed(options.seed);
    let mut records = Records::default();
    let began = clock::now();
    let (mut kill_at, mut tell_at) = (began, began);
    let (mut is_writing, mut is_killing) = (true, true);
    let (mut last_effects, mut last_progress) = (0, began);
    loop {
        let now = clock::now();
        let (written, effects) = (
            stores::count(&writers, "changes").await?,
            stores::count(&consumers, "effects").await?,
        );
        if is_writing && (written >= options.events || now - began >= options.time) {
            processes.end_writers();
            is_writing = false;
            continue;
        }
        if !is_writing && effects >= written {
            break;
        }
        // The last stretch is left in peace, so that what is missing then is lost and not late.
        if !is_writing && effects + 1_000 >= written {
            is_killing = false;
        }
        if effects > last_effects {
            (last_effects, last_progress) = (effects, now);
        } else if now - last_progress > PATIENCE {
            eprintln!("nothing happened for {} s", PATIENCE.as_secs());
            break;
        }
        if is_killing && now >= kill_at {
            if kill_at > began {
                records.kills.push(Kill {
                    process: processes.kill_one(&mut random)?,
                    at_ms: Timestamp::now().unix_millis().unsigned_abs(),
                });
            }
            kill_at = now + Duration::from_millis(random.u64(SHORTEST_LIFE_MS..LONGEST_LIFE_MS));
        }
        if now >= tell_at {
            tell_at = now + Duration::from_secs(2);
            eprintln!(
                "{:>5} s: {written} written, {effects} effects, {} kills",
                (now - began).as_secs(),
                records.kills.len()
            );
        }
        processes.check()?;
        clock::sleep(Duration::from_millis(50)).await;
    }
    // Whatever comes too much has a moment to show itself.
    clock::sleep(Duration::from_secs(1)).await;
    drop(processes);
    records.sent = stores::changes(&writers).await?;
    records.effects = stores::effects(&consumers).await?;
    for file in fs::read_dir(folder)? {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with("duplicates-") {
            // One that was being written when its process died is empty.
            records.duplicates += fs::read_to_string(file.path())?.parse::<u64>().unwrap_or(0);
        }
    }
    Ok(records)
}
