//! `cargo xtask soak`: processes that are killed at random, and what came of the events.

use crate::step::{Outcome, cargo, run};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Let events flow between processes that are killed with -9 at random, and count what is lost, doubled or out of order.
///
/// Two writers, two relays, three consumers and the broker run as processes over two databases of SQLite; each may die
/// at any moment and is started again. It fails when anything is lost, doubled or out of order within its key.
#[derive(Args)]
pub(crate) struct Soak {
    /// The transport; so far there is `memory` alone, whose broker is a process with a journal
    #[arg(long, default_value = "memory", value_parser = broker)]
    broker: String,
    /// How the transport settles: each message of a queue, or the offsets of a log
    #[arg(long, value_enum, default_value_t = Face::Queue)]
    face: Face,
    /// How many minutes events are written at most; it ends when all have arrived
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// How many events are written at most
    #[arg(long)]
    events: Option<u64>,
    /// Who is killed, when, and what is written follows from this number; the operating system's timing does not
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print one JSON object on standard output, and nothing else
    #[arg(long)]
    json: bool,
    /// Write `sent.ndjson`, `effects.ndjson` and `kills.ndjson` into this folder: the verdict can be recomputed from
    /// them
    #[arg(long, value_name = "DIR")]
    log: Option<PathBuf>,
    /// Run nothing, and recompute the verdict from the logs in this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["minutes", "events", "seed", "log", "face"])]
    verify: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Face {
    /// Each message is settled
    Queue,
    /// Offsets are committed
    Log,
}

impl Soak {
    pub(crate) fn run(self) -> Outcome {
        let mut command = cargo(&[
            "run",
            "--release",
            "--quiet",
            "--package",
            "event-messaging-conformance",
        ]);
        command.args(["--example", "soak", "--"]);
        command.args(self.json.then_some("--json"));
        if let Some(folder) = self.verify {
            command.arg("--verify").arg(folder);
            return run(
                &mut command,
                "the logs do not say that every event had its effect once, in order",
            );
        }
        let face = match self.face {
            Face::Queue => "queue",
            Face::Log => "log",
        };
        command.args(["--broker", &self.broker, "--face", face]);
        command.args([
            "--minutes",
            &self.minutes.to_string(),
            "--seed",
            &self.seed.to_string(),
        ]);
        if let Some(events) = self.events {
            command.args(["--events", &events.to_string()]);
        }
        if let Some(folder) = self.log {
            command.arg("--log").arg(folder);
        }
        run(
            &mut command,
            "not every event had its effect once, in order; the reason stands above",
        )
    }
}

fn broker(name: &str) -> Result<String, String> {
    match name {
        "memory" => Ok(name.to_owned()),
        "rabbitmq" | "kafka" => Err(format!(
            "the transport for {name} comes later and is not there yet; so far there is `memory` alone"
        )),
        _ => Err("it is not known; so far there is `memory` alone".to_owned()),
    }
}
