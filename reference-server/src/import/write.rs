//! A batch written into the catalogue, in one transaction with its events.

use std::collections::BTreeMap;

use product_types::Timestamp;

use super::category_writer::CategoryWriter;
use super::draft::{Batch, CategoryDraft, ProductDraft};
use super::error::ImportError;
use super::options::ImportOptions;
use super::progress::Progress;
use super::report::{Place, Report};
use super::{ids, new};
use crate::catalogue::{Author, Catalogue, CatalogueError, UnitOfWork};
use crate::domain::Refusal;
use crate::store::StoreError;

/// Writes the batch, or as much of it as the rules accept when the options say so.
///
/// # Errors
///
/// A refusal, unless the import keeps going, or a failure of the database. Nothing is written then.
///
/// # Cancel safety
///
/// A dropped future has written nothing: the transaction is rolled back. Only a commit that has begun goes on.
pub(crate) async fn write(
    catalogue: &Catalogue,
    batch: Batch,
    options: &ImportOptions,
) -> Result<Report, ImportError> {
    let source = batch.report.source.clone();
    let failed = |cause: StoreError| ImportError::store(&source, cause);
    let correlation_id = uuid::Uuid::now_v7().to_string();
    let author = Author {
        actor: "import".to_owned(),
        correlation_id,
    };
    let catalogue = catalogue.begin(author).await.map_err(failed)?;
    let mut writer = Writer {
        catalogue,
        categories: CategoryWriter::default(),
        report: batch.report,
    };
    let total = batch.categories.len() + batch.products.len();
    for (index, category) in batch.categories.into_iter().enumerate() {
        writer.category(category).await.map_err(failed)?;
        options.tell(Progress::writing(index + 1, total));
    }
    let before = total - batch.products.len();
    for (index, product) in batch.products.into_iter().enumerate() {
        writer.product(product).await.map_err(failed)?;
        options.tell(Progress::writing(before + index + 1, total));
    }
    writer.finish(options.keeps_going()).await
}

struct Writer {
    catalogue: UnitOfWork,
    categories: CategoryWriter,
    report: Report,
}

impl Writer {
    async fn category(&mut self, draft: CategoryDraft) -> Result<(), StoreError> {
        match self.categories.put(&mut self.catalogue, &draft).await {
            Ok(true) => self.report.notes.extend(draft.notes),
            Ok(false) => self.report.categories.already_there += 1,
            Err(error) => {
                let refusal = refusal(error)?;
                self.report.categories.refused += 1;
                self.report
                    .refuse(draft.place, draft.source_id, None, refusal.to_string());
            }
        }
        Ok(())
    }

    async fn product(&mut self, mut draft: ProductDraft) -> Result<(), StoreError> {
        if self.catalogue.knows_product(&draft.id).await? {
            self.report.products.already_there += 1;
            self.report.variants.already_there += draft.variants.len() as u64;
            return Ok(());
        }
        if self
            .catalogue
            .product_named(&draft.brand, &draft.name)
            .await?
            .is_some()
        {
            let reason =
                "the catalogue has a product of this title and vendor; a name is unique within its brand";
            self.report
                .refuse_product(&draft, draft.place, Some("Title"), reason);
            return Ok(());
        }
        self.leave_taken_skus(&mut draft).await?;
        if draft.variants.is_empty() {
            let reason = "no variant with a SKU of its own is left of it";
            self.report.refuse_product(&draft, draft.place, None, reason);
            return Ok(());
        }
        match self.create(&draft).await {
            Ok(()) => {
                self.report.products.created += 1;
                self.report.variants.created += draft.variants.len() as u64;
                self.report.notes.extend(draft.notes);
                self.report
                    .notes
                    .extend(draft.variants.into_iter().flat_map(|variant| variant.notes));
            }
            Err(error) => self.refuse(&draft, &refusal(error)?),
        }
        Ok(())
    }

    async fn leave_taken_skus(&mut self, draft: &mut ProductDraft) -> Result<(), StoreError> {
        let mut free = Vec::with_capacity(draft.variants.len());
        for variant in std::mem::take(&mut draft.variants) {
            if self.catalogue.variant_with_sku(&variant.sku).await?.is_none() {
                free.push(variant);
                continue;
            }
            let reason = "the catalogue has a variant of this SKU; a SKU is unique";
            self.report.variants.refused += 1;
            self.report
                .refuse(variant.place, variant.sku, Some("Variant SKU"), reason);
        }
        draft.variants = free;
        Ok(())
    }

    async fn create(&mut self, draft: &ProductDraft) -> Result<(), CatalogueError> {
        // The rules that look at the product alone come first, with any category, so that no category is created for
        // a product that they refuse.
        let mut product = new::product(draft, ids::category_path(&draft.category));
        product.validate(Timestamp::now())?;
        product.category_ids = self
            .categories
            .at(&mut self.catalogue, &draft.category)
            .await?
            .into_iter()
            .collect();
        self.catalogue.create_product(product).await?;
        Ok(())
    }

    fn refuse(&mut self, draft: &ProductDraft, refusal: &Refusal) {
        let details = match refusal {
            Refusal::Invalid(invalid) => Some(invalid.details()),
            Refusal::Conflict { details, .. } => Some(details),
            Refusal::NotFound(_) | Refusal::Changed => None,
        };
        // The first of them is enough to mend the row, and a product is refused once.
        match details.and_then(BTreeMap::first_key_value) {
            Some((field, problem)) => {
                let reason = format!("{field} {problem}");
                self.report
                    .refuse_product(draft, place(draft, field), column(field), reason);
            }
            None => self
                .report
                .refuse_product(draft, draft.place, None, refusal.to_string()),
        }
    }

    /// Commits, unless something was refused that stops the import: then all of it is rolled back.
    async fn finish(mut self, keeps_going: bool) -> Result<Report, ImportError> {
        self.report.categories.created = self.categories.created;
        self.report.refusals.sort_by_key(|refusal| refusal.place);
        self.report.notes.sort_by_key(|note| note.place);
        if !self.report.refusals.is_empty() && !keeps_going {
            return Err(ImportError::refused(self.report.undone()));
        }
        self.catalogue
            .commit()
            .await
            .map_err(|cause| ImportError::store(&self.report.source, cause))?;
        self.report.imported = true;
        Ok(self.report)
    }
}

fn refusal(error: CatalogueError) -> Result<Refusal, StoreError> {
    match error {
        CatalogueError::Refused(refusal) => Ok(refusal),
        CatalogueError::Store(cause) => Err(cause),
    }
}

/// The row that a field such as `variants[3].sku` comes from.
fn place(draft: &ProductDraft, field: &str) -> Place {
    field
        .strip_prefix("variants[")
        .and_then(|rest| rest.split_once(']'))
        .and_then(|(index, _)| draft.variants.get(index.parse::<usize>().ok()?))
        .map_or(draft.place, |variant| variant.place)
}

/// The column that a field of the API comes from.
fn column(field: &str) -> Option<&'static str> {
    match field {
        "name" => Some("Title"),
        "brand" => Some("Vendor"),
        "description" => Some("Body (HTML)"),
        _ => None,
    }
}
