mod field;
mod table;
mod time;

pub(crate) use table::range_of;

use crate::error::Problem;
use crate::{ConsumerConfig, Error, RelayConfig};
use field::Key;
use std::collections::BTreeMap;
use std::ffi::OsString;
use table::{CONSUMER, RELAY};

/// Settings of consumers and relays as a file and the environment have them.
///
/// A file is given as pairs of a key in full (`consumer.prefetch`) and a value as text, whatever its format is. A
/// variable is named like the key (`EVENT_MESSAGING_CONSUMER_PREFETCH`), and its value wins over the file's. The
/// platform's `RABBITMQ_PREFETCH_COUNT` is read for `consumer.prefetch`, where nothing else in the environment sets
/// it. Keys of other sections are left alone, and an empty variable counts as not set. [`setting_keys`] has all keys.
///
/// A time is a whole number and a unit: `500ms`, `30s`, `5m`, `12h`, `7d`. A list is separated by commas.
///
/// ```
/// use event_messaging::Settings;
/// use std::time::Duration;
///
/// let settings = Settings::new()
///     .with_file("service.toml", [("consumer.prefetch", "20"), ("consumer.retry_levels", "1s, 10s")])
///     .with_environment([("EVENT_MESSAGING_CONSUMER_DRAIN_TIMEOUT", "5s")]);
/// let config = settings.consumer("order-service.catalogue")?;
/// assert_eq!((config.prefetch, config.drain_timeout), (20, Duration::from_secs(5)));
///
/// let error = Settings::new()
///     .with_environment([("RABBITMQ_PREFETCH_COUNT", "0")])
///     .consumer("order-service.catalogue")
///     .unwrap_err();
/// assert_eq!(error.to_string(), "`consumer.prefetch` (RABBITMQ_PREFETCH_COUNT) must be 1 to 10000");
/// # Ok::<(), event_messaging::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Settings {
    file: BTreeMap<String, Written>,
    environment: BTreeMap<String, Written>,
    /// The platform's variable.
    prefetch_count: Option<Written>,
}

/// A value, and where it was written.
#[derive(Clone, Debug)]
struct Written {
    /// `None` when it is not UTF-8.
    text: Option<String>,
    place: String,
}

/// A setting that [`Settings`] reads, as the README's table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettingKey {
    /// The key, in full.
    pub key: &'static str,
    /// The environment variable.
    pub variable: String,
    /// The default, as text.
    pub default: String,
    /// The values that are allowed.
    pub range: &'static str,
    /// What it sets.
    pub sets: &'static str,
}

const PREFIX: &str = "EVENT_MESSAGING_";
const PREFETCH_COUNT: &str = "RABBITMQ_PREFETCH_COUNT";

impl Settings {
    /// No settings: every value is the default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what a file says. `place` names it in errors. Of one key, the last value counts.
    #[must_use]
    pub fn with_file<K: Into<String>, V: Into<String>>(
        mut self,
        place: &str,
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        for (key, value) in pairs {
            let written = Written {
                text: Some(value.into()),
                place: place.to_owned(),
            };
            self.file.insert(key.into(), written);
        }
        self
    }

    /// Adds what the environment says: [`std::env::vars_os`], mostly.
    #[must_use]
    pub fn with_environment<K: Into<OsString>, V: Into<OsString>>(
        mut self,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        for (name, value) in variables {
            let Ok(name) = name.into().into_string() else {
                continue;
            };
            let value = value.into();
            if value.is_empty() {
                continue;
            }
            let written = Written {
                text: value.into_string().ok(),
                place: name.clone(),
            };
            if name == PREFETCH_COUNT {
                self.prefetch_count = Some(written);
            } else if let Some(name) = name.strip_prefix(PREFIX) {
                self.environment.insert(name.to_owned(), written);
            }
        }
        self
    }

    /// The configuration of the consumer called `name`, checked.
    ///
    /// # Errors
    ///
    /// When values cannot be read, are out of their range, or stand behind a key that does not exist: one error that
    /// names all of them, where each stands and what it must be.
    pub fn consumer(&self, name: impl Into<String>) -> Result<ConsumerConfig, Error> {
        let mut config = ConsumerConfig::new(name);
        let problems = self.read(CONSUMER, &["consumer", "inbox"], &mut config);
        self.checked(problems, config.validate())?;
        Ok(config)
    }

    /// The configuration of the relay, checked.
    ///
    /// # Errors
    ///
    /// As those of [`consumer`](Self::consumer).
    pub fn relay(&self) -> Result<RelayConfig, Error> {
        let mut config = RelayConfig::default();
        let problems = self.read(RELAY, &["relay"], &mut config);
        self.checked(problems, config.validate())?;
        Ok(config)
    }

    fn read<C>(&self, table: &[Key<C>], sections: &[&str], config: &mut C) -> Vec<Problem> {
        let mut problems = Vec::new();
        for key in table {
            let Some(written) = self.of(key.name) else {
                continue;
            };
            let text = written.text.as_deref();
            let read = text.ok_or("UTF-8").and_then(|text| key.field.write(config, text));
            if let Err(must) = read {
                problems.push(Problem::new(key.name, must).at(&written.place));
            }
        }
        let known = |name: &str| table.iter().any(|key| key.name == name);
        for (name, written) in &self.file {
            let is_ours = name
                .split_once('.')
                .is_some_and(|(section, _)| sections.contains(&section));
            if is_ours && !known(name) {
                problems.push(Problem::new(name, "a key that exists").at(&written.place));
            }
        }
        for (name, written) in &self.environment {
            let is_ours = sections
                .iter()
                .any(|section| name.starts_with(&format!("{}_", section.to_uppercase())));
            if is_ours && !table.iter().any(|key| variable(key.name) == *name) {
                problems.push(Problem::new(&written.place, "a variable that exists"));
            }
        }
        problems
    }

    /// Adds what is out of range to what could not be read, with its places.
    fn checked(&self, mut problems: Vec<Problem>, validated: Result<(), Error>) -> Result<(), Error> {
        let Err(error) = validated else {
            return Error::unless_none(problems);
        };
        for problem in error.into_problems() {
            let place = self.of(problem.key()).map(|written| written.place.clone());
            problems.push(match place {
                Some(place) => problem.at(&place),
                None => problem,
            });
        }
        Error::unless_none(problems)
    }

    fn of(&self, key: &str) -> Option<&Written> {
        let environment = self.environment.get(&variable(key));
        let platform = self
            .prefetch_count
            .as_ref()
            .filter(|_| key == "consumer.prefetch");
        environment.or(platform).or_else(|| self.file.get(key))
    }
}

/// Every key that [`Settings`] reads.
#[must_use]
pub fn setting_keys() -> Vec<SettingKey> {
    let mut keys = described(CONSUMER, &mut ConsumerConfig::new("any"));
    keys.extend(described(RELAY, &mut RelayConfig::default()));
    keys
}

fn described<C>(table: &[Key<C>], defaults: &mut C) -> Vec<SettingKey> {
    let described = table.iter().map(|key| SettingKey {
        key: key.name,
        variable: format!("{PREFIX}{}", variable(key.name)),
        default: key.field.read(defaults),
        range: key.range,
        sets: key.sets,
    });
    described.collect()
}

/// The key as the environment has it, without the prefix.
fn variable(key: &str) -> String {
    key.replace('.', "_").to_uppercase()
}
