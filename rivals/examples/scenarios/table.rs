//! The comparison as people read it.

use std::fmt::Write;

/// Whose behaviour a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Ours,
    Failsafe,
    TowerResilience,
    Recloser,
    ReqwestRetry,
}

const COLUMNS: [(Column, &str); 5] = [
    (Column::Ours, "ours"),
    (Column::Failsafe, "failsafe 1.3"),
    (Column::TowerResilience, "tower-resilience 0.13"),
    (Column::Recloser, "recloser 1.4"),
    (Column::ReqwestRetry, "reqwest-retry 0.9"),
];

/// How one crate behaved in one scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Pass,
    /// With what was seen.
    Fail(String),
    /// The crate has nothing of the kind.
    NotApplicable,
}

impl Verdict {
    /// A pass, or else what was seen.
    pub(crate) fn when(passes: bool, seen: impl Into<String>) -> Self {
        if passes {
            Self::Pass
        } else {
            Self::Fail(seen.into())
        }
    }
}

/// One scenario, as it went with each crate.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) behaviour: &'static str,
    verdicts: [Verdict; 5],
}

impl Row {
    /// Crates that are not among the verdicts have nothing of the kind.
    pub(crate) fn new(
        behaviour: &'static str,
        verdicts: impl IntoIterator<Item = (Column, Verdict)>,
    ) -> Self {
        let mut row = Self {
            behaviour,
            verdicts: COLUMNS.map(|_| Verdict::NotApplicable),
        };
        for (column, verdict) in verdicts {
            row.verdicts[column as usize] = verdict;
        }
        row
    }

    /// One sign for each column: `+`, `x` or `.`.
    #[cfg(test)]
    pub(crate) fn signs(&self) -> String {
        let sign = |verdict: &Verdict| match verdict {
            Verdict::Pass => '+',
            Verdict::Fail(_) => 'x',
            Verdict::NotApplicable => '.',
        };
        self.verdicts.iter().map(sign).collect()
    }
}

/// A row for each scenario, a column for each crate, and below it what was seen where one failed.
pub(crate) fn table(rows: &[Row]) -> String {
    let width = rows
        .iter()
        .map(|row| row.behaviour.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = format!("{:width$}", "");
    // Writing to a string cannot fail.
    for (_, name) in COLUMNS {
        let _ = write!(text, "  {name}");
    }
    text.push('\n');
    for row in rows {
        let mut line = format!("{:<width$}", row.behaviour);
        for ((_, name), verdict) in COLUMNS.iter().zip(&row.verdicts) {
            let word = match verdict {
                Verdict::Pass => "pass",
                Verdict::Fail(_) => "FAIL",
                Verdict::NotApplicable => "n.a.",
            };
            let _ = write!(line, "  {word:<0$}", name.len());
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text.push_str("\nWhat was seen:\n");
    for row in rows {
        for ((_, name), verdict) in COLUMNS.iter().zip(&row.verdicts) {
            if let Verdict::Fail(seen) = verdict {
                let _ = writeln!(text, "  {}: {name}: {seen}", row.behaviour);
            }
        }
    }
    text
}
