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
    let call = &generated.files()["call.rs"];
    fs::write(folder.join("call.rs"), format!("{call}// by hand\n")).unwrap();
    fs::rename(folder.join("models/book.rs"), folder.join("models/left_over.rs")).unwrap();

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

#[test]
fn what_was_written_by_hand_is_never_overwritten_nor_removed() {
    for name in ["lib.rs", "mod.rs", "models/mine.rs"] {
        let folder = folder("by_hand");
        let by_hand = folder.join(name);
        fs::create_dir_all(folder.join("models")).unwrap();
        fs::write(&by_hand, "//! Mine.\n").unwrap();

        let refused = toy_target(&folder).generate().unwrap().write().unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!(
                "{} is not generated, and would be lost; move it away, or choose a folder for generated code alone",
                by_hand.display()
            )
        );
        assert_eq!(fs::read_to_string(&by_hand).unwrap(), "//! Mine.\n");
        assert!(!folder.join("client.rs").exists(), "nothing was written");
    }
}
