//! Whatever the bytes, an import answers with a batch or with an error.

use super::shop;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};
use reference_server::import::{Batch, ImportOptions, Source, read};

fn products() -> Vec<u8> {
    shop(&[
        "mug,Quarry Mug,\"<p>two\nlines</p>\",Tideline,Mugs,\"a, b\",true,Colour,Sand,'Q-1,16.00,20.00,'123,https://example.com/a.jpg",
        "mug,,,,,,,,Slate,,17.50,,,",
        "mug,,,,,,,,,,,,,https://example.com/c.jpg",
        "pan,Ember Pan,\"a \"\"quote\"\"\",Forge,Pans,,false,Title,Default Title,P-1,72,10,,",
    ])
    .into_bytes()
}

fn categories() -> Vec<u8> {
    br#"[{"id":"a","name":"A","path":[{"id":"a","name":"A"}],"subCategories":[{"id":"b","name":"B"}]},
        {"id":"b","name":"B","path":[{"id":"a","name":"A"},{"id":"b","name":"B"}],"subCategories":[]}]"#
        .to_vec()
}

/// Bytes that mean something to one of the formats.
const MEANINGFUL: &[u8] = b"\",\n\r'[]{}:0.-<\xef\xff";

/// Overwrites, removes and inserts bytes.
fn damaged(mut bytes: Vec<u8>, edits: &[(usize, u8, u8)]) -> Vec<u8> {
    for (at, how, byte) in edits {
        let at = at % (bytes.len() + 1);
        let byte = MEANINGFUL[usize::from(*byte) % MEANINGFUL.len()];
        match how % 3 {
            0 if at < bytes.len() => bytes[at] = byte,
            1 if at < bytes.len() => drop(bytes.remove(at)),
            _ => bytes.insert(at, byte),
        }
    }
    bytes
}

fn keeps_the_rules(batch: &Batch, lines: u64) -> bool {
    batch.products.iter().all(|product| {
        !product.variants.is_empty()
            && (3..=255).contains(&product.name.chars().count())
            && product.variants.iter().all(|variant| {
                variant.price.base.is_positive()
                    && variant
                        .price
                        .sale
                        .is_none_or(|sale| sale.is_positive() && sale < variant.price.base)
                    && !variant.sku.is_empty()
                    && (2..=lines).contains(&variant.place.line)
            })
    }) && batch
        .report
        .refusals
        .iter()
        .all(|refusal| (1..=lines).contains(&refusal.place.line))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn a_damaged_file_is_read_by_the_rules_or_refused(
        edits in vec((any::<usize>(), any::<u8>(), any::<u8>()), 0..12),
        json in any::<bool>(),
    ) {
        let (name, whole) = if json { ("tree.json", categories()) } else { ("shop.csv", products()) };
        let bytes = damaged(whole, &edits);
        let lines = 1 + bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        if let Ok(batch) = read(Source::bytes(name, bytes), &ImportOptions::default()) {
            prop_assert!(keeps_the_rules(&batch, lines), "{:?}", batch);
        }
    }

    #[test]
    fn noise_is_read_or_refused(bytes in vec(any::<u8>(), 0..200), name in "(shop.csv|tree.json|noise)") {
        let _either = read(Source::bytes(name, bytes), &ImportOptions::default());
    }
}
