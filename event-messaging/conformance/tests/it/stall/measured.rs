//! The process that is measured: this test program once more, which reports when it is asked.

use super::{PATIENCE, consumer, relay};
use crate::rig::{Face, OfLog, OfQueue};
use event_messaging::clock;
use peak_alloc::PeakAlloc;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::watch;

/// Counts for this whole program; what it says is of use where one thing alone runs in the process.
#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// What stands before a report; the test program says other things too.
const SAYS: &str = "measured: ";

/// What a process had since its last report.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Report {
    /// Bytes allocated now.
    live: u64,
    /// The most of them at a time.
    pub(super) peak: u64,
    /// How many calls have ended.
    pub(super) calls: u64,
    /// Messages held now.
    held: u64,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (live, peak) = (self.live / 1024, self.peak / 1024);
        write!(f, "{live} KiB and {peak} at most, {} held", self.held)
    }
}

/// What a process tells of itself besides its memory.
#[derive(Clone, Default)]
pub(super) struct Figures {
    pub(super) calls: Arc<AtomicU64>,
    pub(super) held: Arc<AtomicU64>,
}

/// A process that is measured. Dropped, it is killed.
pub(super) struct Measured {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Measured {
    pub(super) fn start<F: Face>(role: &str, folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "stall::measured::part_measured",
                "--ignored",
                "--nocapture",
            ])
            .env("CONFORMANCE_STALLED", folder)
            .env("CONFORMANCE_ROLE", format!("{role} of {}", F::NAME))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    /// What it had since it was last asked.
    pub(super) fn report(&mut self) -> Report {
        self.input.write_all(b"report\n").unwrap();
        let mut line = String::new();
        while self.output.read_line(&mut line).unwrap() > 0 {
            if let Some((_, figures)) = line.split_once(SAYS) {
                let figures: Vec<u64> = figures
                    .split_whitespace()
                    .map(|figure| figure.parse().unwrap())
                    .collect();
                return Report {
                    live: figures[0],
                    peak: figures[1],
                    calls: figures[2],
                    held: figures[3],
                };
            }
            line.clear();
        }
        panic!("the process has ended: {:?}", self.child.wait());
    }

    /// What it had since it was last asked, and for so many more calls.
    pub(super) async fn after(&mut self, calls: u64) -> Report {
        let first = self.report();
        let mut report = self.until(|report| report.calls >= first.calls + calls).await;
        report.peak = report.peak.max(first.peak);
        report
    }

    /// Waits until so many calls have ended.
    pub(super) async fn done(&mut self, calls: u64) {
        self.until(|report| report.calls == calls).await;
    }

    /// What it had until it held so many messages, and a while longer: it holds no more.
    pub(super) async fn holding(&mut self, most: u64) -> Report {
        let mut report = self.until(|report| report.held == most).await;
        for _ in 0..10 {
            clock::sleep(Duration::from_millis(10)).await;
            let later = self.report();
            assert_eq!(later.held, most, "no more than it may");
            report.peak = report.peak.max(later.peak);
        }
        report
    }

    async fn until(&mut self, is_so: impl Fn(&Report) -> bool) -> Report {
        let mut peak = 0;
        let deadline = clock::now() + PATIENCE;
        loop {
            let mut report = self.report();
            peak = report.peak.max(peak);
            if is_so(&report) {
                report.peak = peak;
                return report;
            }
            assert!(clock::now() < deadline, "waited too long: {report:?}");
            clock::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Ends the stall, or its own part in it.
    pub(super) fn go(&mut self) {
        self.input.write_all(b"go\n").unwrap();
    }
}

impl Drop for Measured {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
#[ignore = "a part of other tests, in a process of its own"]
async fn part_measured() {
    let Some(folder) = std::env::var_os("CONFORMANCE_STALLED").map(PathBuf::from) else {
        return;
    };
    let figures = Figures::default();
    let going = answer(figures.clone());
    match std::env::var("CONFORMANCE_ROLE").unwrap().as_str() {
        "relay of a queue" => relay::run::<OfQueue>(&folder, &figures, going).await,
        "relay of a log" => relay::run::<OfLog>(&folder, &figures, going).await,
        "consumer of a queue" => consumer::run::<OfQueue>(&folder, &figures, going).await,
        "consumer of a log" => consumer::run::<OfLog>(&folder, &figures, going).await,
        other => panic!("nobody is called `{other}`"),
    }
}

/// Reports when it is asked to, and hands on that it may go. With its input the process ends.
fn answer(figures: Figures) -> watch::Receiver<bool> {
    let (go, going) = watch::channel(false);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            match line.as_str() {
                "report" => {
                    let (live, peak) = (ALLOCATED.current_usage(), ALLOCATED.peak_usage());
                    ALLOCATED.reset_peak_usage();
                    let calls = figures.calls.load(Ordering::SeqCst);
                    let held = figures.held.load(Ordering::SeqCst);
                    println!("{SAYS}{live} {peak} {calls} {held}");
                }
                _ => {
                    go.send_replace(true);
                }
            }
        }
        std::process::exit(1);
    });
    going
}

/// The folder of one test, removed afterwards.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("stall-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
