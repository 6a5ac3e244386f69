#![doc = include_str!("../../CONFIGURATION.md")]

mod access;
mod builder;
mod document;
mod duration;
mod environment;
mod error;
mod kind;
mod name;
mod names;
mod parameter;
mod resolve;
mod section;
mod suggest;
mod table;

use crate::settings::Settings;
use name::Name;
use section::{Section, Sections};

pub use builder::ConfigBuilder;
pub use document::Document;
pub use error::{ConfigError, Problem};
pub use parameter::{Limit, Parameter};

/// The settings of every target and operation, from file and environment, checked.
///
/// Names are compared as the environment writes them: `getStock`, `get-stock` and `GET_STOCK` are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    root: String,
    base: Settings,
    sections: Sections,
}

impl Config {
    /// Starts from [`Settings::default`], without file or environment.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::new()
    }

    /// What holds for a target that nothing is said of.
    #[must_use]
    pub fn defaults(&self) -> Settings {
        self.resolved(&self.base, None, None, &mut Vec::new())
    }

    /// What holds for a target; [`defaults`](Self::defaults) if nothing is said of it.
    #[must_use]
    pub fn target(&self, target: &str) -> Settings {
        self.resolved(&self.base, Some(target), None, &mut Vec::new())
    }

    /// What holds for an operation of a target; that of the [`target`](Self::target) if nothing is said of it.
    #[must_use]
    pub fn operation(&self, target: &str, operation: &str) -> Settings {
        self.resolved(&self.base, Some(target), Some(operation), &mut Vec::new())
    }

    /// What holds for an operation that has a `base` of its own, such as the timeouts of its contract: what is said
    /// at any level wins over it.
    ///
    /// # Errors
    ///
    /// When what is said cannot work with this base.
    pub fn operation_over(
        &self,
        base: &Settings,
        target: &str,
        operation: &str,
    ) -> Result<Settings, ConfigError> {
        let mut problems = Vec::new();
        let settings = self.resolved(base, Some(target), Some(operation), &mut problems);
        ConfigError::unless_none(problems)?;
        Ok(settings)
    }

    /// What holds for a key of a registry: a `target`, or a `target.operation`.
    ///
    /// ```
    /// use resilience::config::Config;
    /// use resilience::event::Events;
    /// use resilience::registry::{Registry, RegistryPolicy};
    /// use resilience::{InvalidPolicy, Policy};
    ///
    /// fn policies(config: Config) -> Result<Registry<Policy>, InvalidPolicy> {
    ///     Registry::new(RegistryPolicy::default(), &Events::default(), config.by_key())
    /// }
    ///
    /// fn changed(policies: &Registry<Policy>, config: Config) -> Result<(), InvalidPolicy> {
    ///     policies.reload(config.by_key())
    /// }
    /// # let config = || Config::builder().build().unwrap();
    /// # changed(&policies(config()).unwrap(), config()).unwrap();
    /// ```
    pub fn by_key(self) -> impl Fn(&str) -> Settings + Send + Sync + 'static {
        move |key| match key.split_once('.') {
            Some((target, operation)) => self.operation(target, operation),
            None => self.target(key),
        }
    }

    /// Checks what comes out at each level, and tells of each contradiction once.
    fn check(&self, problems: &mut Vec<Problem>) {
        let mut check = |target: Option<&Name>, operation: Option<&Name>| {
            let mut found = Vec::new();
            self.resolved_at(&self.base, target, operation, &mut found);
            for problem in found {
                // Inherited by every level below the one that it was said at.
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        };
        check(None, None);
        for (name, target) in &self.sections.targets {
            check(Some(name), None);
            for operation in target.operations.keys() {
                check(Some(name), Some(operation));
            }
        }
    }

    fn resolved(
        &self,
        base: &Settings,
        target: Option<&str>,
        operation: Option<&str>,
        problems: &mut Vec<Problem>,
    ) -> Settings {
        let name = |written: Option<&str>| written.and_then(Name::new);
        self.resolved_at(base, name(target).as_ref(), name(operation).as_ref(), problems)
    }

    fn resolved_at(
        &self,
        base: &Settings,
        target: Option<&Name>,
        operation: Option<&Name>,
        problems: &mut Vec<Problem>,
    ) -> Settings {
        let target = target.and_then(|name| self.sections.targets.get(name));
        let operation = operation.and_then(|name| target?.operations.get(name));
        let own: [Option<&Section>; 3] = [
            Some(&self.sections.defaults),
            target.map(|target| &target.own),
            operation.map(|operation| &operation.own),
        ];
        let levels: Vec<&Section> = own.into_iter().flatten().collect();
        resolve::resolve(base, &levels, &self.root, problems)
    }
}

/// Every parameter there is, in the order of the table in [`config`](self).
pub fn parameters() -> impl Iterator<Item = &'static Parameter> {
    table::all()
}

/// Everything that settings say, as one target's table: what is off is left out, but for being off.
impl From<&Settings> for Document {
    fn from(settings: &Settings) -> Self {
        let mut document = Self::default();
        for parameter in table::all() {
            if table::applies(parameter, settings) {
                document.insert(parameter.key(), parameter.access.read(settings));
            }
        }
        document
    }
}
