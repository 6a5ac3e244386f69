use super::{Finding, History, Mode};
use std::fmt;

/// What came of checking histories: printed, it tells every finding.
#[derive(Clone, Debug)]
pub struct Report {
    mode: Mode,
    types: usize,
    versions: usize,
    findings: Vec<Finding>,
}

impl Report {
    /// Checks `histories`.
    #[must_use]
    pub fn of(histories: &[History], mode: Mode) -> Self {
        Self {
            mode,
            types: histories.len(),
            versions: histories.iter().map(|history| history.versions().count()).sum(),
            findings: histories.iter().flat_map(|history| history.check(mode)).collect(),
        }
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_compatible(&self) -> bool {
        self.findings.is_empty()
    }

    /// What was found.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} in {} versions of {} types of event, checked {}",
            match self.findings.len() {
                0 => "no incompatibility".to_owned(),
                1 => "1 incompatibility".to_owned(),
                more => format!("{more} incompatibilities"),
            },
            self.versions,
            self.types,
            self.mode
        )?;
        for finding in &self.findings {
            let found = &finding.incompatibility;
            let place = if found.path.is_empty() {
                "(root)"
            } else {
                &found.path
            };
            write!(
                f,
                "\n\n{} {}: a reader of {} on what {} writes\n  rule    {}: {}\n  writer  {}\n  reader  {}\n  do      {}",
                finding.event,
                place,
                finding.reader,
                finding.writer,
                found.rule,
                found.rule.reason(),
                found.writer,
                found.reader,
                found.rule.remedy()
            )?;
        }
        Ok(())
    }
}
