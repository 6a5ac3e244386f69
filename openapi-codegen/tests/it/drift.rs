//! Output is the same every time, and the check finds every way to differ from it.

use crate::support::toy_target;
use std::fs;
use std::path::PathBuf;

/// A folder of this test alone.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

#[test]
fn the_same_document_always_gives_the_same_bytes() {
    let target = toy_target("src/generated");
    assert_eq!(target.generate().unwrap(), target.generate().unwrap());
}

#[test]
fn the_committed_toy_client_is_what_its_document_generates() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/toy-client/src/generated");
    toy_target(folder)
        .generate()
        .unwrap()
        .check("cargo xtask generate")
        .unwrap();
}

#[test]
fn what_was_written_passes_the_check() {
    let generated = toy_target(folder("written")).generate().unwrap();
    assert_eq!(generated.write().unwrap(), generated.files().len());
    generated.check("generate").unwrap();
    assert_eq!(generated.write().unwrap(), 0, "nothing is left to be written");
}

#[test]
fn the_check_names_files_that_differ_are_missing_or_are_left_over() {
    let folder = folder("drifted");
    let generated = toy_target(&folder).generate().unwrap();
    generated.write().unwrap();
    fs::write(folder.join("call.rs"), "// by hand\n").unwrap();
    fs::remove_file(folder.join("models/book.rs")).unwrap();
    fs::write(folder.join("models/left_over.rs"), "").unwrap();

    let error = generated.check("cargo xtask generate").unwrap_err();
    assert!(error.is_drift());
    let text = error.to_string();
    for part in [
        "call.rs",
        "models/book.rs",
        "models/left_over.rs",
        "run `cargo xtask generate`",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("loan.rs"), "{text}");

    assert_eq!(generated.write().unwrap(), 3);
    assert!(!folder.join("models/left_over.rs").exists());
    generated.check("cargo xtask generate").unwrap();
}
