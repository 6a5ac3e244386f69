use product_types::{CategoryId, ProductStatus};
use sqlx::{QueryBuilder, Sqlite};

/// What a list of products is narrowed to, and its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ProductFilter {
    pub(crate) status: Option<ProductStatus>,
    /// Compared without case.
    pub(crate) brand: Option<String>,
    pub(crate) category_id: Option<CategoryId>,
    /// Contained in name, brand, tags or search keywords; compared without case.
    pub(crate) search: Option<String>,
    pub(crate) without_drafts: bool,
    /// By creation when empty. Ties are broken by id.
    pub(crate) sort: Vec<SortKey>,
}

/// A column to sort by. Texts are in the order of their code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SortKey {
    pub(crate) field: SortField,
    pub(crate) descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SortField {
    Name,
    CreatedAt,
    UpdatedAt,
    Id,
}

impl ProductFilter {
    /// Adds the conditions on `products p` behind a first one.
    pub(super) fn narrow(&self, query: &mut QueryBuilder<Sqlite>) {
        if self.without_drafts {
            query.push(" AND p.status <> 'DRAFT'");
        }
        if let Some(status) = &self.status {
            query
                .push(" AND p.status = ")
                .push_bind(status.as_str().to_owned());
        }
        if let Some(brand) = &self.brand {
            query
                .push(" AND p.brand_folded = ")
                .push_bind(brand.to_lowercase());
        }
        if let Some(category) = &self.category_id {
            query
                .push(" AND p.id IN (SELECT product_id FROM product_categories WHERE category_id = ")
                .push_bind(category.as_str().to_owned())
                .push(")");
        }
        if let Some(search) = &self.search {
            query
                .push(" AND instr(p.search_text, ")
                .push_bind(on_one_line(search).to_lowercase())
                .push(") > 0");
        }
    }

    /// Adds the order, in which no two products are equal.
    pub(super) fn order(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" ORDER BY ");
        for key in &self.sort {
            query.push(key.field.column());
            query.push(if key.descending { " DESC, " } else { ", " });
        }
        if self.sort.is_empty() {
            query.push("p.created_at, ");
        }
        query.push("p.id");
    }
}

/// A text as the search looks at it: a line feed ends a field there, and is a space within one.
pub(super) fn on_one_line(text: &str) -> String {
    text.replace('\n', " ")
}

impl SortField {
    fn column(self) -> &'static str {
        match self {
            Self::Name => "p.name",
            Self::CreatedAt => "p.created_at",
            Self::UpdatedAt => "p.updated_at",
            Self::Id => "p.id",
        }
    }
}
