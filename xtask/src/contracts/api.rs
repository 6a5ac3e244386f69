//! `cargo xtask contracts api`: two versions of an OpenAPI document, compared by rules and by second opinions.

use super::opinion;
use super::print::{rows, table};
use super::revision::{self, Copy};
use crate::generate::enter_workspace;
use crate::step::{Outcome, print};
use clap::Args;
use openapi_codegen::Document;
use openapi_codegen::compare::{Class, Comparison, compare};
use std::path::{Path, PathBuf};

/// Compare two versions of the contract; fail when one breaks with the other and its version does not say so.
#[derive(Args, Default)]
pub(crate) struct Api {
    /// Compare with this commit, branch or tag instead of the last tag
    #[arg(long, value_name = "REV", conflicts_with = "with")]
    against: Option<String>,
    /// The newer document, instead of `openapi/product-service.yaml`
    #[arg(long, value_name = "FILE", requires = "with")]
    document: Option<PathBuf>,
    /// The older document, as a file instead of a revision
    #[arg(long, value_name = "FILE", requires = "document")]
    with: Option<PathBuf>,
    /// Print one array of rows, and ask for no second opinion
    #[arg(long)]
    json: bool,
}

const CONTRACT: &str = "openapi/product-service.yaml";

impl Api {
    pub(crate) fn run(self) -> Outcome {
        if let (Some(document), Some(with)) = (&self.document, &self.with) {
            return self.judge(with, &with.display().to_string(), document);
        }
        enter_workspace()?;
        let (revision, text) = match &self.against {
            Some(revision) => {
                let text = revision::show(revision, CONTRACT)
                    .map_err(|said| format!("{said}; name a commit, branch or tag that has {CONTRACT}"))?;
                (revision.clone(), text)
            }
            None => {
                let Some(tag) = revision::last_tag()? else {
                    return self.nothing(
                        "there is no tag yet (nor in a clone without tags), so no released contract to keep",
                    );
                };
                let Some(text) = revision::find(&tag, CONTRACT)? else {
                    return self.nothing(&format!(
                        "{tag} has no {CONTRACT}, so there is no contract to keep"
                    ));
                };
                (tag, text)
            }
        };
        let copy = Copy::of("contract", &text)?;
        self.judge(
            copy.path(),
            &format!("{revision}:{CONTRACT}"),
            Path::new(CONTRACT),
        )
    }

    /// `name` is what people call the older document, wherever its copy lies.
    fn judge(&self, older: &Path, name: &str, newer: &Path) -> Outcome {
        let text = std::fs::read_to_string(older).map_err(|cause| format!("can't read {name}: {cause}"))?;
        let before = Document::parse(name, &text).map_err(|error| error.to_string())?;
        let after = Document::load(newer).map_err(|error| error.to_string())?;
        let comparison = compare(&before, &after);
        if self.json {
            print(&rows(&comparison).to_string())?;
        } else {
            print(&format!(
                "{} against {name}\n{}",
                newer.display(),
                table(&comparison)
            ))?;
            print(&opinion::ask_all(older, newer, &comparison))?;
        }
        self.verdict(&comparison)
    }

    fn verdict(&self, comparison: &Comparison) -> Outcome {
        if !comparison.is_breaking() {
            return Ok(());
        }
        if comparison.is_announced() {
            if !self.json {
                print("`info.version` announces the break")?;
            }
            return Ok(());
        }
        Err(format!(
            "breaking changes: {}; make each additive (keep what is there, and add beside it), or raise the major \
             number of `info.version`",
            comparison.count(Class::Breaking)
        ))
    }

    fn nothing(&self, why: &str) -> Outcome {
        match self.json {
            true => print("[]"),
            false => print(&format!("nothing to compare with: {why}")),
        }
    }
}
