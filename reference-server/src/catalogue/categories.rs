use super::{CatalogueError, UnitOfWork};
use crate::domain::{Category, MAX_LEVEL, NewCategory, Refusal};
use crate::store::{StoreError, categories};
use product_types::CategoryId;
use uuid::Uuid;

impl UnitOfWork {
    /// Creates a category. It writes no event yet: the categories' own events come with their own operations.
    ///
    /// Refused when the input is not valid, the parent does not exist or is on the last level, or the name or the id
    /// is taken.
    pub(crate) async fn create_category(&mut self, new: NewCategory) -> Result<Category, CatalogueError> {
        new.validate()?;
        let (level, parent_path) = match &new.parent_id {
            None => (1, String::new()),
            Some(parent) => {
                let parent = categories::find(self.connection(), parent)
                    .await?
                    .ok_or_else(|| invalid_parent("does not exist"))?;
                if parent.level >= MAX_LEVEL {
                    return Err(invalid_parent("is on the last of five levels"));
                }
                (parent.level + 1, parent.path)
            }
        };
        if self
            .category_named(new.parent_id.as_ref(), &new.name)
            .await?
            .is_some()
        {
            let message = "There is a category of this name in the same place.";
            return Err(Refusal::conflict(message, "name", "is already used").into());
        }
        let id = new
            .id
            .unwrap_or_else(|| CategoryId::from_uuid_bytes(Uuid::now_v7().into_bytes()));
        if self.has_category(&id).await? {
            return Err(Refusal::conflict("This id is taken.", "id", "is already used").into());
        }
        let category = Category {
            path: format!("{parent_path}/{id}"),
            id,
            name: new.name,
            description: new.description,
            parent_id: new.parent_id,
            level,
            children: Vec::new(),
            metadata: new.metadata,
            created_at: self.now(),
            updated_at: self.now(),
        };
        categories::insert(self.connection(), &category).await?;
        self.record("category", category.id.as_str(), None, Some(&category))
            .await?;
        Ok(category)
    }

    /// Whether there is a category of this id.
    pub(crate) async fn has_category(&mut self, id: &CategoryId) -> Result<bool, StoreError> {
        Ok(!categories::names(self.connection(), std::slice::from_ref(id))
            .await?
            .is_empty())
    }

    /// The category of this name under the parent, or among the roots.
    pub(crate) async fn category_named(
        &mut self,
        parent: Option<&CategoryId>,
        name: &str,
    ) -> Result<Option<CategoryId>, StoreError> {
        categories::find_named(self.connection(), parent, name).await
    }
}

fn invalid_parent(problem: &str) -> CatalogueError {
    crate::domain::Invalid::one("parentId", problem).into()
}
