//! What our crates and their rivals do when something goes wrong, in the same scenarios.
//!
//! `cargo xtask bench scenarios` prints the table. Everything runs on virtual time where the crate follows tokio's
//! clock; failsafe, recloser and tower-resilience's breaker read the system's, so they get a few real milliseconds.

mod breakers;
mod clock;
mod retries;
mod table;

use table::{Row, table};

fn main() {
    print!("{}", table(&all()));
}

fn all() -> Vec<Row> {
    breakers::all().into_iter().chain(retries::all()).collect()
}

#[cfg(test)]
mod tests {
    use super::{all, table};

    /// The verdicts as recorded, by column: `+` passes, `x` fails, `.` has nothing of the kind.
    const RECORDED: &[(&str, &str)] = &[
        (
            "of the last 100 calls half must fail: after a million successes the 50th failure opens it",
            "+.x+.",
        ),
        ("three calls cut off by their deadline open it", "+xxx."),
        ("calls that their caller gave up do not open it", "++++."),
        ("one trial, 500 callers at once: one reaches the peer", "+x+x."),
        (
            "a success admitted while it was closed does not close it",
            "+xx+.",
        ),
        (
            "a trial that its caller gave up leaves its place to the next",
            "++++.",
        ),
        (
            "a trial that never comes back does not block it for ever",
            "++x+.",
        ),
        (
            "two spaced trials, each slower than the window, close it",
            "+.x..",
        ),
        ("a rejection allocates nothing", "++x+."),
        (
            "a paused clock that is moved on ends the wait of an open one",
            "+xxx.",
        ),
        ("POST answered 500: one request", "+...x"),
        (
            "POST with Idempotency-Key answered 503: repeated with the same key",
            "+...+",
        ),
        ("POST, connection refused: tried again", "+...+"),
        ("429 with Retry-After 2: at least 2 s", "+...x"),
        (
            "429 with Retry-After 2 and 300 ms left: fails at once, and tells for how long",
            "+...x",
        ),
        (
            "503 with 200 kB of body: the connection is free before the wait is over",
            "+...x",
        ),
        ("a streaming body to a healthy server: sent once", "+...x"),
        ("a timeout is told as one after the last retry", "+...x"),
        (
            "1,000 calls to a dead peer, 3 retries, a budget of 20 % and no floor: at most 1,200 requests",
            "+.+.x",
        ),
        ("1,000 back-offs: more than 900 different ones", "+.+.+"),
    ];

    #[test]
    fn the_verdicts_are_as_recorded() {
        let rows = all();
        let seen: Vec<(&str, String)> = rows.iter().map(|row| (row.behaviour, row.signs())).collect();
        let recorded = RECORDED
            .iter()
            .map(|(behaviour, signs)| (*behaviour, (*signs).to_owned()));
        assert_eq!(seen, recorded.collect::<Vec<_>>(), "\n{}", table(&rows));
    }

    #[test]
    fn ours_passes_every_scenario() {
        for (behaviour, signs) in RECORDED {
            assert!(signs.starts_with('+'), "{behaviour}");
        }
    }
}
