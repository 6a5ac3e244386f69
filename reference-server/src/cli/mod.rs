//! The command line.

mod logging;
mod serve;
mod token;
mod usage;

use clap::{Parser, Subcommand};
use std::error::Error;
use std::process::ExitCode;
use usage::Misuse;

/// The Product Service's API, implemented to test integrations against.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Serves the API until it is interrupted.
    Serve(serve::ServeArguments),
    /// Prints a development token, alone on the last line.
    Token(token::TokenArguments),
}

pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refused) if refused.use_stderr() => return Err(Misuse::new(&refused).into()),
        // The help, or the version.
        Err(shown) => {
            say(shown.render().to_string().trim_end());
            return Ok(());
        }
    };
    match arguments.verb {
        Verb::Serve(arguments) => serve::serve(arguments).await,
        Verb::Token(arguments) => token::token(&arguments),
    }
}

/// What the shell is told: 2 for a command line that cannot be read, else 1.
pub(crate) fn exit_code(error: &(dyn Error + 'static)) -> ExitCode {
    ExitCode::from(if error.is::<Misuse>() { 2 } else { 1 })
}

/// Prints to standard output; a reader that has gone away, such as `head`, is no failure.
pub(crate) fn say(text: impl std::fmt::Display) {
    use std::io::Write as _;
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}

/// The error and what caused it, in one line.
pub(crate) fn in_one_line(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let phrase = error.to_string();
        // Some libraries say their cause in their own phrase too.
        if !line.ends_with(&phrase) {
            line.push_str(": ");
            line.push_str(&phrase);
        }
        cause = error.source();
    }
    line.replace('\n', " ")
}
