//! The tree that the entries make up, parents before children, and what is refused on the way.

use std::collections::{HashMap, HashSet};

use super::entry::{Entry, Named};
use crate::import::draft::{Batch, CategoryDraft};
use crate::import::note::{Note, NoteKind};
use crate::import::report::{Place, Report};
use crate::import::{ids, limits};

/// A category, from an entry of its own or from the paths of others.
struct Node {
    place: Place,
    id: String,
    name: Option<String>,
    /// The ids from the root down to this one.
    path: Vec<String>,
    implied: bool,
}

/// Fills the batch with the categories that the rules accept, parents before children.
pub(super) fn grow(entries: Vec<Entry>, batch: &mut Batch) {
    note_links_alone(&entries, &mut batch.report);
    let mut nodes = nodes(entries, &mut batch.report);
    // Stable: categories of one level stay in the order of the file.
    nodes.sort_by_key(|node| node.path.len());
    let mut tree = Tree::default();
    for node in nodes {
        match tree.place(&node) {
            Ok(draft) => batch.categories.push(draft),
            Err((field, reason)) => {
                batch.report.categories.refused += 1;
                batch
                    .report
                    .refuse(node.place, label(&node.id, node.name.as_deref()), field, reason);
            }
        }
    }
    batch.report.refusals.sort_by_key(|refusal| refusal.place);
}

/// The entries, and behind them the ancestors that have none.
fn nodes(entries: Vec<Entry>, report: &mut Report) -> Vec<Node> {
    let mut nodes = Vec::with_capacity(entries.len());
    let mut known: HashMap<String, Place> = HashMap::with_capacity(entries.len());
    let mut ancestors = Vec::new();
    for Entry { place, body } in entries {
        if let Some(first) = known.get(&body.id) {
            report.categories.refused += 1;
            report.refuse(
                place,
                label(&body.id, body.name.as_deref()),
                Some("id"),
                format!("{first} has the same id"),
            );
            continue;
        }
        known.insert(body.id.clone(), place);
        let mut path: Vec<String> = body.path.iter().map(|step| step.id.clone()).collect();
        if path.is_empty() {
            path.push(body.id.clone());
        }
        // An entry that is too deep, or whose path is not its own, vouches for nobody above it.
        if path.len() <= limits::CATEGORY_LEVELS && path.last() == Some(&body.id) {
            ancestors.push((place, body.path));
        }
        nodes.push(Node {
            place,
            id: body.id,
            name: body.name,
            path,
            implied: false,
        });
    }
    for (place, path) in ancestors {
        let ids: Vec<String> = path.iter().map(|step| step.id.clone()).collect();
        for (index, Named { id, name }) in path.into_iter().enumerate() {
            if !known.contains_key(&id) {
                known.insert(id.clone(), place);
                nodes.push(Node {
                    place,
                    id,
                    name,
                    path: ids[..=index].to_vec(),
                    implied: true,
                });
            }
        }
    }
    nodes
}

/// What was accepted so far.
#[derive(Default)]
struct Tree {
    accepted: HashMap<String, Accepted>,
    names: HashMap<(Option<String>, String), Place>,
}

struct Accepted {
    place: Place,
    path: Vec<String>,
}

impl Tree {
    fn place(&mut self, node: &Node) -> Result<CategoryDraft, (Option<&'static str>, String)> {
        let path = Some("path");
        if node.id.trim().is_empty() {
            return Err((Some("id"), "it has no id".to_owned()));
        }
        if node.path.last() != Some(&node.id) {
            return Err((path, "the path does not end in the category itself".to_owned()));
        }
        let level = node.path.len();
        if level > limits::CATEGORY_LEVELS {
            let most = limits::CATEGORY_LEVELS;
            return Err((
                path,
                format!("it is on level {level}; at most {most} levels are allowed"),
            ));
        }
        let parent = level.checked_sub(2).map(|index| &node.path[index]);
        if let Some(parent) = parent {
            let Some(accepted) = self.accepted.get(parent) else {
                return Err((
                    path,
                    format!("its parent {parent} was refused, or stands elsewhere in the tree"),
                ));
            };
            if accepted.path != node.path[..level - 1] {
                return Err((
                    path,
                    format!("its path differs from that of its parent, {}", accepted.place),
                ));
            }
        }
        let name = name(node)?;
        let key = (parent.cloned(), name.to_owned());
        if let Some(first) = self.names.get(&key) {
            return Err((
                Some("name"),
                format!("{first} has the same name and parent; a name is unique within its parent"),
            ));
        }
        self.names.insert(key, node.place);
        self.accepted.insert(
            node.id.clone(),
            Accepted {
                place: node.place,
                path: node.path.clone(),
            },
        );
        Ok(CategoryDraft {
            place: node.place,
            id: ids::category(&node.id),
            parent: parent.map(|parent| ids::category(parent)),
            name: name.to_owned(),
            source_id: node.id.clone(),
            notes: notes(node, name),
        })
    }
}

fn name(node: &Node) -> Result<&str, (Option<&'static str>, String)> {
    let name = node.name.as_deref().unwrap_or_default().trim();
    let length = name.chars().count();
    match length {
        0 => Err((Some("name"), "it has no name".to_owned())),
        _ if length > limits::CATEGORY_NAME => {
            let most = limits::CATEGORY_NAME;
            Err((
                Some("name"),
                format!("the name has {length} characters; at most {most} are allowed"),
            ))
        }
        _ => Ok(name),
    }
}

fn notes(node: &Node, name: &str) -> Vec<Note> {
    let note = |kind| Note {
        place: node.place,
        what: label(&node.id, Some(name)),
        kind,
    };
    let trimmed = node.name.as_deref() != Some(name);
    [
        trimmed.then(|| note(NoteKind::CategoryNameTrimmed)),
        node.implied.then(|| note(NoteKind::AncestorCreated)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Tells once, at the first of them, how many categories are linked to and have no place.
fn note_links_alone(entries: &[Entry], report: &mut Report) {
    let placed: HashSet<&str> = entries
        .iter()
        .flat_map(|entry| {
            entry
                .body
                .path
                .iter()
                .map(|step| &step.id)
                .chain([&entry.body.id])
        })
        .map(String::as_str)
        .collect();
    let mut links: HashSet<&str> = HashSet::new();
    let mut first = None;
    for entry in entries {
        for link in entry
            .body
            .subcategories
            .iter()
            .filter(|link| !placed.contains(link.id.as_str()))
        {
            links.insert(&link.id);
            first.get_or_insert((entry.place, link));
        }
    }
    if let Some((place, link)) = first {
        let what = format!(
            "{} of them, such as {}",
            links.len(),
            label(&link.id, link.name.as_deref())
        );
        report.notes.push(Note {
            place,
            what,
            kind: NoteKind::SubcategoriesLeftOut,
        });
    }
}

fn label(id: &str, name: Option<&str>) -> String {
    match name.map(str::trim) {
        Some(name) if !name.is_empty() => format!("{id} ({name})"),
        _ => id.to_owned(),
    }
}
