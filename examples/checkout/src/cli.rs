//! The command line, and what to say when it is wrong.

use crate::order_service::bands::{Bands, Between};
use clap::Parser;
use product_types::Decimal;
use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

/// Place orders against a Product Service that fails on purpose, and check that none is lost or doubled.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "checkout",
    version,
    max_term_width = 100,
    allow_negative_numbers = true
)]
pub struct Options {
    /// Orders to place.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = orders)]
    pub orders: u32,

    /// Share of requests that the Product Service spoils on purpose, from 0 to 1.
    #[arg(long, value_name = "R", default_value_t = 0.2, value_parser = share)]
    pub fault_rate: f64,

    /// Seed of the carts, of the merchandiser's changes and of the fault draws.
    #[arg(long, value_name = "S", default_value_t = 1, value_parser = seed)]
    pub seed: u64,

    /// Shopify product CSV to sell from [default: the embedded catalogue]; rows that are refused are skipped and counted.
    #[arg(long, value_name = "FILE")]
    pub catalogue: Option<PathBuf>,

    /// Folder to leave the order database and the catalogue database in [default: a temporary one, removed].
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// Print one JSON object instead of the report for people; progress stays on stderr.
    #[arg(long)]
    pub json: bool,

    /// Orders in placement at the same time.
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub concurrency: u16,

    /// A price that moved by at most this many percent is accepted as ordered when it is checked again.
    #[arg(long, value_name = "PERCENT", default_value = "1", value_parser = percent)]
    pub accept_within: Decimal,

    /// A price that moved by more than this many percent flags the order for review.
    #[arg(long, value_name = "PERCENT", default_value = "10", value_parser = percent)]
    pub flag_beyond: Decimal,

    /// What to do when a price moved by something between the two.
    #[arg(long, value_name = "ACTION", value_enum, default_value_t = Between::Reprice)]
    pub between: Between,
}

/// Why no options came out of a command line.
#[derive(Debug)]
pub enum Refusal {
    /// `--help` or `--version`: print this and end well.
    Shown(String),
    /// One line that says what is wrong and what to do.
    Invalid(String),
}

impl Options {
    /// Reads a command line, the program's name first.
    ///
    /// # Errors
    ///
    /// What to print instead of running.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Refusal> {
        let options = Self::try_parse_from(arguments).map_err(|error| {
            let text = error.render().to_string();
            if error.use_stderr() {
                Refusal::Invalid(one_line(&text))
            } else {
                Refusal::Shown(text)
            }
        })?;
        options.bands().map_err(Refusal::Invalid)?;
        Ok(options)
    }

    /// The bands by which an unconfirmed price is judged later.
    ///
    /// # Errors
    ///
    /// When they cross: what to do about it, as one line.
    pub fn bands(&self) -> Result<Bands, String> {
        let (within, beyond) = (self.accept_within, self.flag_beyond);
        Bands::new(within, beyond, self.between).ok_or_else(|| {
            format!("--accept-within {within} is more than --flag-beyond {beyond}; give a smaller one")
        })
    }
}

fn orders(text: &str) -> Result<u32, String> {
    match text.parse::<u32>() {
        Ok(orders) if (1..=1_000_000).contains(&orders) => Ok(orders),
        _ => Err("give a whole number from 1 to 1000000".to_owned()),
    }
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse::<u64>()
        .map_err(|_| "give a whole number of 0 or more".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("give a share from 0 to 1, such as 0.2".to_owned()),
    }
}

fn percent(text: &str) -> Result<Decimal, String> {
    match Decimal::from_str(text) {
        Ok(percent) if !percent.is_negative() => Ok(percent),
        _ => Err("give a percentage of 0 or more, such as 2.5".to_owned()),
    }
}

/// The message and the tip out of clap's several lines.
fn one_line(rendered: &str) -> String {
    let mut said = rendered.lines().map(str::trim).filter(|line| {
        !line.is_empty() && !line.starts_with("Usage:") && !line.starts_with("For more information")
    });
    let first = said.next().unwrap_or("invalid arguments");
    let mut line = first.strip_prefix("error: ").unwrap_or(first).to_owned();
    for more in said {
        line.push_str(if line.ends_with(':') { " " } else { "; " });
        line.push_str(more);
    }
    line.push_str("; `checkout --help` lists the options");
    line
}
