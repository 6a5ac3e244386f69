//! The first row of a handle: the product itself.

use product_types::ProductStatus;

use super::columns::Field;
use super::image;
use super::rows::Row;
use crate::import::draft::ProductDraft;
use crate::import::note::{Note, NoteKind};
use crate::import::{ids, limits};

/// Where a product goes that names neither a category nor a type.
const UNCATEGORISED: &str = "Uncategorised";

/// Why a row was refused: the column at fault and the reason.
pub(super) type Refused = (Option<&'static str>, String);

/// Reads the product that a first row begins, without its variants.
pub(super) fn read(row: &Row<'_>) -> Result<ProductDraft, Refused> {
    let handle = row.get(Field::Handle);
    let name = row.get(Field::Title);
    let length = name.chars().count();
    if name.is_empty() {
        return Err(refused(
            Field::Title,
            "the first row of a handle needs the product's title",
        ));
    }
    if !limits::PRODUCT_NAME.contains(&length) {
        let (least, most) = limits::PRODUCT_NAME.into_inner();
        return Err(refused(
            Field::Title,
            format!("the title has {length} characters; {least} to {most} are allowed"),
        ));
    }
    let brand = row.get(Field::Vendor);
    if brand.is_empty() {
        return Err(refused(
            Field::Vendor,
            "the vendor is missing; it is the product's brand",
        ));
    }
    at_most(Field::Vendor, brand, limits::BRAND)?;
    let mut notes = Notes {
        row,
        notes: Vec::new(),
    };
    let category = category(row, &mut notes)?;
    let mut product = ProductDraft {
        place: row.place,
        id: ids::product(brand, handle),
        handle: handle.to_owned(),
        name: name.to_owned(),
        description: row.get(Field::Body).to_owned(),
        brand: brand.to_owned(),
        category,
        tags: tags(row.get(Field::Tags), &mut notes),
        status: status(row)?,
        images: Vec::new(),
        variants: Vec::new(),
        notes: notes.notes,
    };
    image::add_to_product(&mut product, row);
    Ok(product)
}

/// Refuses a text that the API could not carry.
pub(super) fn at_most(field: Field, text: &str, limit: usize) -> Result<(), Refused> {
    let length = text.chars().count();
    if length <= limit {
        return Ok(());
    }
    Err(refused(
        field,
        format!("it has {length} characters; at most {limit} are allowed"),
    ))
}

pub(super) fn refused(field: Field, reason: impl Into<String>) -> Refused {
    (Some(field.name()), reason.into())
}

struct Notes<'r> {
    row: &'r Row<'r>,
    notes: Vec<Note>,
}

impl Notes<'_> {
    fn push(&mut self, kind: NoteKind) {
        let what = self.row.get(Field::Handle).to_owned();
        self.notes.push(Note {
            place: self.row.place,
            what,
            kind,
        });
    }
}

/// The names from the root category down: the breadcrumb of `Product Category`, else the type as a root.
fn category(row: &Row<'_>, notes: &mut Notes<'_>) -> Result<Vec<String>, Refused> {
    let (field, breadcrumb) = match row.get(Field::Category) {
        "" => (Field::Type, false),
        _ => (Field::Category, true),
    };
    let text = row.get(field);
    let names = if breadcrumb {
        text.split(" > ").collect()
    } else {
        vec![text]
    };
    let mut names: Vec<String> = names
        .into_iter()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    if names.is_empty() {
        notes.push(NoteKind::Uncategorised);
        names.push(UNCATEGORISED.to_owned());
    }
    if names.len() > limits::CATEGORY_LEVELS {
        notes.push(NoteKind::CategoryCut);
        names.truncate(limits::CATEGORY_LEVELS);
    }
    for name in &names {
        at_most(field, name, limits::CATEGORY_NAME)?;
    }
    Ok(names)
}

fn tags(text: &str, notes: &mut Notes<'_>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if tags.iter().any(|known| known == tag) {
            continue;
        }
        if tags.len() == limits::TAGS || tag.chars().count() > limits::TAG {
            notes.push(NoteKind::TagLeftOut);
        } else {
            tags.push(tag.to_owned());
        }
    }
    tags
}

fn status(row: &Row<'_>) -> Result<ProductStatus, Refused> {
    let published = match row.get(Field::Published).to_ascii_lowercase().as_str() {
        "true" | "" => true,
        "false" => false,
        other => {
            return Err(refused(
                Field::Published,
                format!("“{other}” is neither true nor false"),
            ));
        }
    };
    match row.get(Field::Status).to_ascii_lowercase().as_str() {
        "active" | "" if published => Ok(ProductStatus::Active),
        "active" | "" | "archived" => Ok(ProductStatus::Inactive),
        "draft" => Ok(ProductStatus::Draft),
        other => Err(refused(
            Field::Status,
            format!("“{other}” is none of active, draft and archived"),
        )),
    }
}
