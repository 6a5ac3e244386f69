//! The reference server of the Product Service on the command line: `serve` and `token`.

mod cli;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match cli::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", cli::in_one_line(error.as_ref()));
            cli::exit_code(error.as_ref())
        }
    }
}
