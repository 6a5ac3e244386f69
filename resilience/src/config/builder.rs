use std::ffi::OsString;

use super::document::Document;
use super::error::{ConfigError, Key, Problem};
use super::name::Name;
use super::section::{self, Section, Sections};
use super::{Config, environment, suggest};
use crate::settings::Settings;

/// Puts a [`Config`] together. Setters never fail; [`build`](Self::build) checks everything at once.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing before `build`"]
pub struct ConfigBuilder {
    root: String,
    base: Settings,
    file: Document,
    environments: Vec<(String, Vec<(OsString, OsString)>)>,
    known: Vec<(String, Vec<String>)>,
}

impl ConfigBuilder {
    pub(super) fn new() -> Self {
        Self {
            root: "resilience".to_owned(),
            base: Settings::default(),
            file: Document::default(),
            environments: Vec::new(),
            known: Vec::new(),
        }
    }

    /// What holds where nothing is said. By default [`Settings::default`].
    pub fn base(mut self, settings: Settings) -> Self {
        self.base = settings;
        self
    }

    /// What a file says. Replaces what another one said.
    pub fn file(mut self, document: Document) -> Self {
        self.file = document;
        self
    }

    /// What errors call the file's table; by default `resilience`.
    pub fn root(mut self, name: impl Into<String>) -> Self {
        self.root = name.into();
        self
    }

    /// What the variables `PREFIX_TARGET__…` of this process say; `prefix` is written without its `_`.
    ///
    /// It wins over the file, key by key and level by level.
    pub fn environment(self, prefix: impl Into<String>) -> Self {
        self.variables(prefix, std::env::vars_os())
    }

    /// As [`environment`](Self::environment), from variables given by their full names.
    pub fn variables<N, V>(
        mut self,
        prefix: impl Into<String>,
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self
    where
        N: Into<OsString>,
        V: Into<OsString>,
    {
        let variables = variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()));
        self.environments.push((prefix.into(), variables.collect()));
        self
    }

    /// Tells of a target and its operations. Once one is told of, others are unknown keys, so that a misspelt name
    /// is not overlooked.
    pub fn target<O: Into<String>>(
        mut self,
        name: impl Into<String>,
        operations: impl IntoIterator<Item = O>,
    ) -> Self {
        let operations = operations.into_iter().map(Into::into).collect();
        self.known.push((name.into(), operations));
        self
    }

    /// The configuration, if everything said can work.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with everything that is wrong: unknown keys, values that are of the wrong kind or out of their
    /// range, and values that cannot work together, at any level. The base is checked too.
    pub fn build(self) -> Result<Config, ConfigError> {
        let mut problems = Vec::new();
        let mut sections = section::of_file(&self.root, self.file.0, &mut problems);
        for (prefix, variables) in self.environments {
            environment::lay_over(&mut sections, &self.root, &prefix, variables, &mut problems);
        }
        if !self.known.is_empty() {
            find_unknown(&sections, &self.known, &mut problems);
        }
        let config = Config {
            root: self.root,
            base: self.base,
            sections,
        };
        config.check(&mut problems);
        ConfigError::unless_none(problems)?;
        Ok(config)
    }
}

/// Finds targets and operations that nobody told of.
fn find_unknown(sections: &Sections, known: &[(String, Vec<String>)], problems: &mut Vec<Problem>) {
    for (name, target) in &sections.targets {
        let operations = target.operations.values().map(|operation| &operation.own);
        let Some((_, known_operations)) = known.iter().find(|(known, _)| is_named(known, name)) else {
            let names = known.iter().map(|(known, _)| known.as_str());
            let key = key(&target.path, std::iter::once(&target.own).chain(operations));
            problems.push(unknown("target", key, names));
            continue;
        };
        for (name, operation) in &target.operations {
            if !known_operations.iter().any(|known| is_named(known, name)) {
                let names = known_operations.iter().map(String::as_str);
                let key = key(&operation.path, std::iter::once(&operation.own));
                problems.push(unknown("operation", key, names));
            }
        }
    }
}

fn is_named(known: &str, name: &Name) -> bool {
    Name::new(known).as_ref() == Some(name)
}

/// A table, and a variable that spoke of it, if one did.
fn key<'a>(path: &str, mut sections: impl Iterator<Item = &'a Section>) -> Key {
    let variable = sections.find_map(|own| own.values().find_map(|said| said.key.variable.clone()));
    Key {
        path: path.to_owned(),
        variable,
    }
}

fn unknown<'a>(what: &str, key: Key, names: impl Iterator<Item = &'a str> + Clone) -> Problem {
    let written = key.path.rsplit('.').next().unwrap_or_default();
    let message = match suggest::closest(written, names) {
        Some(meant) => format!("unknown {what}; did you mean {meant}?"),
        None => format!("unknown {what}"),
    };
    Problem::new([key], message)
}
