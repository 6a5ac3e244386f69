//! The images of products and variants.

use super::columns::Field;
use super::rows::Row;
use crate::domain::is_web_address;
use crate::import::draft::{ImageDraft, ProductDraft};
use crate::import::limits;
use crate::import::note::{Note, NoteKind};
use crate::import::report::Place;

/// Adds the row's image to the product, when it has one that the product lacks.
pub(super) fn add_to_product(product: &mut ProductDraft, row: &Row<'_>) {
    let url = row.get(Field::ImageSrc);
    if url.is_empty() || product.images.iter().any(|image| image.url == url) {
        return;
    }
    if product.images.len() == limits::IMAGES || !is_address(url) {
        product.notes.push(left_out(row.place, &product.handle));
        return;
    }
    let alt = row.get(Field::ImageAlt);
    if alt.chars().count() > limits::IMAGE_ALT {
        let kind = NoteKind::ImageTextCut;
        product.notes.push(Note {
            place: row.place,
            what: product.handle.clone(),
            kind,
        });
    }
    let alt = (!alt.is_empty()).then(|| alt.chars().take(limits::IMAGE_ALT).collect());
    product.images.push(ImageDraft {
        url: url.to_owned(),
        alt,
    });
}

/// The row's image of the variant itself, or the note that it was left out.
pub(super) fn of_variant(row: &Row<'_>, what: &str) -> Result<Option<ImageDraft>, Note> {
    match row.get(Field::VariantImage) {
        "" => Ok(None),
        url if is_address(url) => Ok(Some(ImageDraft {
            url: url.to_owned(),
            alt: None,
        })),
        _ => Err(left_out(row.place, what)),
    }
}

fn left_out(place: Place, what: &str) -> Note {
    Note {
        place,
        what: what.to_owned(),
        kind: NoteKind::ImageLeftOut,
    }
}

fn is_address(url: &str) -> bool {
    url.chars().count() <= limits::IMAGE_URL && is_web_address(url)
}
