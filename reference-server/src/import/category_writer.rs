//! Categories in the catalogue, found by what a file calls them.

use std::collections::HashMap;

use product_types::CategoryId;
use serde_json::Value;

use super::draft::CategoryDraft;
use super::ids;
use crate::catalogue::{CatalogueError, UnitOfWork};
use crate::domain::NewCategory;

/// The categories that an import has met so far, and how many of them it created.
#[derive(Debug, Default)]
pub(super) struct CategoryWriter {
    /// What the file calls a category, to what the catalogue calls it.
    known: HashMap<CategoryId, CategoryId>,
    by_path: HashMap<Vec<String>, CategoryId>,
    pub(super) created: u64,
}

impl CategoryWriter {
    /// Creates a category of a file, or finds it: by its id, or as the one that has its name under its parent.
    /// Tells whether it is new.
    pub(super) async fn put(
        &mut self,
        catalogue: &mut UnitOfWork,
        draft: &CategoryDraft,
    ) -> Result<bool, CatalogueError> {
        let mut category = NewCategory::named(&draft.name);
        category.parent_id = draft
            .parent
            .as_ref()
            .map(|parent| self.known.get(parent).unwrap_or(parent).clone());
        category
            .metadata
            .insert("sourceId".to_owned(), Value::from(draft.source_id.as_str()));
        let before = self.created;
        let id = self.find_or_create(catalogue, draft.id.clone(), category).await?;
        self.known.insert(draft.id.clone(), id);
        Ok(self.created > before)
    }

    /// The category at the end of a path of names; those that are missing on the way are created.
    pub(super) async fn at(
        &mut self,
        catalogue: &mut UnitOfWork,
        path: &[String],
    ) -> Result<Option<CategoryId>, CatalogueError> {
        let mut parent = None;
        for depth in 1..=path.len() {
            let path = &path[..depth];
            let id = match self.by_path.get(path) {
                Some(id) => id.clone(),
                None => {
                    let mut category = NewCategory::named(&path[depth - 1]);
                    category.parent_id = parent;
                    let id = self
                        .find_or_create(catalogue, ids::category_path(path), category)
                        .await?;
                    self.by_path.insert(path.to_vec(), id.clone());
                    id
                }
            };
            parent = Some(id);
        }
        Ok(parent)
    }

    async fn find_or_create(
        &mut self,
        catalogue: &mut UnitOfWork,
        id: CategoryId,
        mut category: NewCategory,
    ) -> Result<CategoryId, CatalogueError> {
        let named = catalogue
            .category_named(category.parent_id.as_ref(), &category.name)
            .await?;
        if let Some(there) = named {
            return Ok(there);
        }
        // An earlier import created it, and it was renamed or moved since: it is the same still.
        if catalogue.has_category(&id).await? {
            return Ok(id);
        }
        category.id = Some(id.clone());
        catalogue.create_category(category).await?;
        self.created += 1;
        Ok(id)
    }
}
