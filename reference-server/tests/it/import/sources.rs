//! Sources that can't be imported at all: one clear line each.

use super::{HEADER, read_text, shop};
use reference_server::import::{ImportError, ImportOptions, Phase, Progress, Source, read};
use std::error::Error as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

#[track_caller]
fn refused(source: Source) -> ImportError {
    let error = read(source, &ImportOptions::default()).expect_err("it is not to be read");
    let text = error.to_string();
    assert!(!text.contains('\n'), "one line: {text}");
    assert!(text.starts_with("nothing was imported from "), "{text}");
    error
}

#[track_caller]
fn malformed(name: &str, bytes: impl Into<Vec<u8>>, expected: &str) {
    let error = refused(Source::bytes(name, bytes));
    assert!(error.is_malformed() && !error.is_unreadable() && !error.is_refused());
    let text = error.to_string();
    assert!(text.contains(name) && text.contains(expected), "{text}");
}

/// A file of this test's own, which vanishes with it.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    fn new(name: &str, content: &[u8]) -> Self {
        let path =
            std::env::temp_dir().join(format!("reference-server-import-{}-{name}", std::process::id()));
        std::fs::write(&path, content).expect("the temporary folder can be written");
        Self(path)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // Nothing depends on its being gone.
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn a_missing_file_and_a_folder_say_what_they_are() {
    let missing = refused(Source::file("/no/such/folder/shop.csv"));
    assert!(missing.is_unreadable());
    assert!(
        missing
            .to_string()
            .contains("/no/such/folder/shop.csv: there is no such file"),
        "{missing}"
    );
    assert!(missing.source().is_some(), "the cause is kept");
    let folder = refused(Source::file(std::env::temp_dir()));
    assert!(
        folder.is_unreadable() && folder.to_string().contains("it is a folder"),
        "{folder}"
    );
}

#[test]
fn an_empty_file_and_a_header_alone_are_no_catalogue() {
    malformed("shop.csv", "", "it is empty");
    malformed("shop.csv", " \r\n\n", "it is empty");
    malformed("shop.csv", "\u{feff}", "it is empty");
    malformed("shop.csv", HEADER, "a header and no product");
    malformed(
        "shop.csv",
        format!("{HEADER}\n,,,,,,,,,,,,,\n"),
        "a header and no product",
    );
    malformed("tree.json", "[]", "an empty list");
}

#[test]
fn a_header_of_something_else_says_which_columns_are_missing() {
    malformed(
        "shop.csv",
        "name,cost\nPan,72\n",
        "missing: “Handle”, “Title”, “Vendor”, “Variant Price”",
    );
    malformed(
        "shop.csv",
        "Handle,Title,Vendor\npan,Ember Pan,Forge\n",
        "missing: “Variant Price”",
    );
    malformed("shop.csv", shop(&[]).replace(',', ";"), "not separated by commas");
    malformed(
        "shop.csv",
        format!("{HEADER},handle\n"),
        "the column “handle” twice",
    );
    malformed("shop.csv", "\"", "not the header of a Shopify product CSV");
}

#[test]
fn a_quote_that_is_never_closed_is_told_and_swallows_no_row() {
    let text = shop(&[
        "pan,Ember Pan,,Forge,Pans,,,,,P-1,72,,,",
        // The parser alone would take the whole rest for this row's last field, and the row would look well.
        "pot,Ember Pot,,Forge,Pans,,,,,P-2,72,,,\"https://example.com/pot.jpg",
        "lid,Ember Lid,,Forge,Pans,,,,,P-3,72,,,",
    ]);
    for end in ["", "\n", "\r\n", "\n\n"] {
        malformed(
            "shop.csv",
            format!("{}{end}", text.trim_end()),
            "the row on line 3 opens a quote that is never closed",
        );
    }
    let closed = format!("{}\"", text.trim_end());
    for end in ["", "\n", "\r", "\r\n", "\n\n"] {
        let batch = read_text("shop.csv", &format!("{closed}{end}"));
        assert_eq!(batch.report.rows, 2, "{end:?}");
    }
}

#[test]
fn text_that_is_not_utf_8_says_on_which_line_and_how_to_save_it() {
    let mut latin = shop(&["pan,Ember Pan,,Forge,Pans,,,,,P-1,72,,,", "cafe,Caf"]).into_bytes();
    latin.extend([0xe9, b',']);
    malformed("shop.csv", latin, "line 3 is not UTF-8; save it as UTF-8");
    malformed("shop.csv", [0xff, 0xfe, b'H', 0], "UTF-16");
}

#[test]
fn broken_json_says_where_and_another_document_says_what_is_wanted() {
    malformed(
        "tree.json",
        "[\n {\"id\": \"a\",\n  \"name\" \"b\"}]",
        "line 3, column 10",
    );
    malformed(
        "tree.json",
        "[{\"id\":\"a\",\"name\":\"b\"}",
        "not valid JSON at line 1",
    );
    malformed("tree.json", "{\"categories\": []}", "not a list of categories");
    malformed("tree.json", "Handle,Title", "not valid JSON at line 1, column 1");
}

#[test]
fn the_format_is_told_by_the_extension_else_by_the_first_character() {
    let categories = "[{\"id\":\"a\",\"name\":\"Pans\",\"path\":[],\"subCategories\":[]}]";
    let products = shop(&["pan,Ember Pan,,Forge,Pans,,,,,P-1,72,,,"]);
    for name in ["tree.json", "TREE.JSON", "download"] {
        assert_eq!(read_text(name, categories).categories.len(), 1, "{name}");
    }
    for name in ["shop.csv", "SHOP.CSV", "download", "shop.txt"] {
        assert_eq!(read_text(name, &products).products.len(), 1, "{name}");
    }
}

#[test]
fn a_file_is_read_as_its_bytes_are() {
    let text = shop(&["pan,Ember Pan,,Forge,Pans,,,,,P-1,72,,,"]);
    let file = TemporaryFile::new("same.csv", text.as_bytes());
    let from_file = read(Source::file(&file.0), &ImportOptions::default()).expect("it can be read");
    assert_eq!(from_file.products, read_text("same.csv", &text).products);
    assert_eq!(from_file.report.source, file.0.display().to_string());
}

#[test]
fn progress_grows_to_the_whole() {
    let rows: Vec<String> = (0..350)
        .map(|n| format!("pan-{n},Ember Pan {n},,Forge,Pans,,,,,P-{n},72,,,"))
        .collect();
    let text = shop(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let told = Arc::new(Mutex::new(Vec::<Progress>::new()));
    let listener = Arc::clone(&told);
    let options = ImportOptions::default()
        .on_progress(Arc::new(move |progress| listener.lock().unwrap().push(progress)));
    read(Source::bytes("shop.csv", text.as_str()), &options).expect("it can be read");
    let told = told.lock().unwrap();
    assert!(
        told.len() >= 3 && told.is_sorted_by_key(|progress| progress.done),
        "{told:?}"
    );
    assert!(
        told.iter()
            .all(|progress| progress.phase == Phase::Reading && progress.total == text.len() as u64)
    );
    assert_eq!(told.last().map(|progress| progress.done), Some(text.len() as u64));
}
