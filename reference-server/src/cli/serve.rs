use super::logging::{self, LogFormat};
use super::say;
use clap::Args;
use reference_server::faults::FaultArgs;
use reference_server::import::{ImportOptions, PriceCurrency, Source, bar};
use reference_server::{DEFAULT_DATABASE, DEFAULT_LISTEN, ReferenceServer, Running};
use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// Where to listen; a loopback address, port 0 for a free one
    #[arg(long, value_name = "ADDR", env = "PRODUCT_SERVICE_LISTEN", default_value = DEFAULT_LISTEN)]
    listen: String,

    /// The catalogue: sqlite:FILE, made when it is not there, or sqlite::memory:
    #[arg(long, value_name = "URL", env = "PRODUCT_SERVICE_DATABASE", default_value = DEFAULT_DATABASE)]
    database: String,

    /// A Shopify product CSV or a categories JSON to import first; may be given several times
    #[arg(long, value_name = "FILE")]
    import: Vec<PathBuf>,

    /// Import what is accepted when rows are refused, instead of nothing
    #[arg(long, requires = "import")]
    keep_going: bool,

    /// The currency of imported prices, which a Shopify CSV does not name
    #[arg(long, value_name = "CODE", default_value = "USD")]
    currency: PriceCurrency,

    /// The key that signs development tokens, made when it is not there
    /// [default: product-service/development.key in $XDG_STATE_HOME or ~/.local/state]
    #[arg(
        long,
        value_name = "FILE",
        env = "PRODUCT_SERVICE_KEY_FILE",
        verbatim_doc_comment
    )]
    key_file: Option<PathBuf>,

    /// The largest body of a request, in bytes
    #[arg(long, value_name = "BYTES", env = "PRODUCT_SERVICE_BODY_LIMIT", default_value_t = 1024 * 1024)]
    body_limit: usize,

    /// How long a request may take to arrive and to be answered, in milliseconds
    #[arg(
        long,
        value_name = "MS",
        env = "PRODUCT_SERVICE_REQUEST_TIMEOUT_MS",
        default_value_t = 30_000
    )]
    request_timeout_ms: u64,

    /// How long running requests may go on after an interrupt, in milliseconds
    #[arg(
        long,
        value_name = "MS",
        env = "PRODUCT_SERVICE_DRAIN_TIMEOUT_MS",
        default_value_t = 10_000
    )]
    drain_timeout_ms: u64,

    /// How long the answer to an Idempotency-Key is kept, in seconds
    #[arg(
        long,
        value_name = "S",
        env = "PRODUCT_SERVICE_KEEP_IDEMPOTENCY_KEYS_S",
        default_value_t = 86_400
    )]
    keep_idempotency_keys_s: u64,

    /// How many connections read from the database at once, 1 to 64
    #[arg(
        long,
        value_name = "N",
        env = "PRODUCT_SERVICE_READ_CONNECTIONS",
        default_value_t = 4
    )]
    read_connections: u32,

    /// What the log on standard error looks like; RUST_LOG says how much of it there is
    #[arg(
        long,
        value_name = "FORMAT",
        env = "PRODUCT_SERVICE_LOG_FORMAT",
        default_value = "text"
    )]
    log_format: LogFormat,

    #[command(flatten)]
    faults: FaultArgs,
}

pub(crate) async fn serve(arguments: ServeArguments) -> Result<(), Box<dyn Error>> {
    logging::begin(arguments.log_format);
    let server = ReferenceServer::builder()
        .listen(&arguments.listen)
        .database(&arguments.database)
        .read_connections(arguments.read_connections)
        .body_limit(arguments.body_limit)
        .request_timeout(Duration::from_millis(arguments.request_timeout_ms))
        .drain_timeout(Duration::from_millis(arguments.drain_timeout_ms))
        .keep_idempotency_keys(Duration::from_secs(arguments.keep_idempotency_keys_s))
        .faults(arguments.faults.faults()?);
    let server = match &arguments.key_file {
        Some(path) => server.key_file(path),
        None => server.default_key_file(),
    };
    let running = server.start().await?;
    if let Err(error) = import(&running, &arguments).await {
        running.shutdown().await?;
        return Err(error);
    }
    say(format_args!("Product Service: {}/api/v1", running.url()));
    interrupted().await?;
    running.shutdown().await?;
    Ok(())
}

async fn import(running: &Running, arguments: &ServeArguments) -> Result<(), Box<dyn Error>> {
    for path in &arguments.import {
        let options = ImportOptions::default()
            .with_currency(arguments.currency)
            .keep_going(arguments.keep_going)
            .on_progress(bar());
        match running.import(Source::file(path), options).await {
            Ok(report) => say(report),
            Err(error) => {
                if let Some(report) = error.report() {
                    eprintln!("{report}");
                }
                return Err(error.into());
            }
        }
    }
    Ok(())
}

/// Waits for an interrupt from the keyboard, or for being asked to end.
async fn interrupted() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
