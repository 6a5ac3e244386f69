//! An Order Service that places orders against the Product Service, with faults on purpose.

use checkout::cli::{Options, Refusal};
use checkout::failure::Failure;
use checkout::progress::Progress;
use checkout::report::Report;
use checkout::run::run;
use checkout::stop::{Stop, signal};
use std::io::Write;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// What shells and scripts know a bad command line by.
const BAD_USAGE: u8 = 2;

/// What shells report of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

fn main() -> ExitCode {
    let options = match Options::read(std::env::args_os()) {
        Ok(options) => options,
        Err(Refusal::Shown(text)) => {
            say(text.trim_end());
            return ExitCode::SUCCESS;
        }
        Err(Refusal::Invalid(line)) => {
            eprintln!("checkout: {line}");
            return ExitCode::from(BAD_USAGE);
        }
    };
    match start(&options) {
        Ok(report) => finish(&options, &report),
        Err(failure) => {
            eprintln!("checkout: {}", failure.one_line());
            ExitCode::FAILURE
        }
    }
}

fn start(options: &Options) -> Result<Report, Failure> {
    log_if_asked();
    let progress = Progress::on_stderr();
    let stop = Stop::new();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|cause| Failure::because("cannot start the runtime", cause))?;
    let report = runtime.block_on(async {
        tokio::spawn(end_on_signal(stop.clone(), progress.clone()));
        run(options, &stop, &progress).await
    });
    progress.clear();
    report
}

/// Logs to stderr what `RUST_LOG` asks for; nothing unless it is set, so that the progress stays readable.
fn log_if_asked() {
    if std::env::var_os(EnvFilter::DEFAULT_ENV).is_some() {
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::from_default_env())
            .with_writer(std::io::stderr)
            .init();
    }
}

/// The first Ctrl-C ends the run with a report of what there is, the second ends it at once.
async fn end_on_signal(stop: Stop, progress: Progress) {
    if signal().await.is_ok() {
        progress.say("ending early: orders in placement are finished and checked; again to quit at once");
        stop.request();
        if signal().await.is_ok() {
            std::process::exit(INTERRUPTED);
        }
    }
}

fn finish(options: &Options, report: &Report) -> ExitCode {
    if options.json {
        match report.to_json() {
            Ok(json) => say(&json),
            Err(error) => {
                eprintln!("checkout: cannot write the report as JSON: {error}");
                return ExitCode::FAILURE;
            }
        }
    } else {
        say(&report.to_string());
    }
    let broken = report.broken_promises();
    if broken.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("checkout: {}", broken.join("; "));
    ExitCode::FAILURE
}

/// Prints to stdout; a reader that has gone away, such as `head`, is no failure.
fn say(text: &str) {
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}
