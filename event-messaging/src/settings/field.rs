//! A key, and the value in a configuration that it stands for.

use super::time;
use crate::UnknownTypes;
use std::time::Duration;

/// A key of the configuration `C`.
pub(super) struct Key<C: 'static> {
    pub(super) name: &'static str,
    pub(super) field: Field<C>,
    pub(super) range: &'static str,
    pub(super) sets: &'static str,
}

/// The value behind a key, by its type.
pub(super) enum Field<C: 'static> {
    Count(fn(&mut C) -> &mut usize),
    Time(fn(&mut C) -> &mut Duration),
    Times(fn(&mut C) -> &mut Vec<Duration>),
    Share(fn(&mut C) -> &mut f64),
    Seed(fn(&mut C) -> &mut Option<u64>),
    UnknownTypes(fn(&mut C) -> &mut UnknownTypes),
}

impl<C> Field<C> {
    /// Reads the text into the configuration.
    ///
    /// # Errors
    ///
    /// What the text must be, when it cannot be read.
    pub(super) fn write(&self, config: &mut C, text: &str) -> Result<(), &'static str> {
        let text = text.trim();
        match self {
            Self::Count(of) => *of(config) = text.parse().map_err(|_| "a whole number")?,
            Self::Time(of) => *of(config) = time::parse(text).ok_or(A_TIME)?,
            Self::Times(of) => {
                let items = text.split(',').filter(|_| !text.is_empty());
                let times = items.map(time::parse).collect::<Option<Vec<_>>>();
                *of(config) = times.ok_or("times such as \"1s, 30s, 5m\"")?;
            }
            Self::Share(of) => *of(config) = text.parse().map_err(|_| "a number")?,
            Self::Seed(of) => *of(config) = Some(text.parse().map_err(|_| "a whole number")?),
            Self::UnknownTypes(of) => {
                *of(config) = match text {
                    "acknowledge" => UnknownTypes::Acknowledge,
                    "dead-letter" => UnknownTypes::DeadLetter,
                    _ => return Err("`acknowledge` or `dead-letter`"),
                };
            }
        }
        Ok(())
    }

    /// The value as text.
    pub(super) fn read(&self, config: &mut C) -> String {
        match self {
            Self::Count(of) => of(config).to_string(),
            Self::Time(of) => time::format(*of(config)),
            Self::Times(of) => {
                let times: Vec<_> = of(config).iter().map(|time| time::format(*time)).collect();
                times.join(", ")
            }
            Self::Share(of) => of(config).to_string(),
            Self::Seed(of) => of(config).map_or_else(|| "random".to_owned(), |seed| seed.to_string()),
            Self::UnknownTypes(of) => match of(config) {
                UnknownTypes::Acknowledge => "acknowledge".to_owned(),
                UnknownTypes::DeadLetter => "dead-letter".to_owned(),
            },
        }
    }
}

const A_TIME: &str = "a time such as \"500ms\", \"30s\" or \"7d\"";
