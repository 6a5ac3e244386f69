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
    use super::all;
    use super::table::Column;

    /// The verdicts as recorded, by column: `+` passes, `x` fails, `.` has nothing of the kind.
    const RECORDED: &[(&str, &str)] = &[("closed: 1,000,000 successes, then failures", "+.x+.")];

    #[test]
    fn the_verdicts_are_as_recorded_and_ours_fails_nowhere() {
        let rows = all();
        let seen: Vec<(&str, String)> = rows.iter().map(|row| (row.behaviour, row.signs())).collect();
        let recorded: Vec<_> = RECORDED
            .iter()
            .map(|(behaviour, signs)| (*behaviour, (*signs).to_owned()))
            .collect();
        assert_eq!(seen, recorded, "\n{}", super::table(&rows));
        for row in &rows {
            assert!(row.passes(Column::Ours), "{}", row.behaviour);
        }
    }
}
