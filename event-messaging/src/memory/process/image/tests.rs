use super::*;
use event_contracts::MessageId;
use std::path::PathBuf;

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn framed(entries: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in entries {
        journal::frame(&mut bytes, &entry);
    }
    bytes
}

/// Queues and topics with much that is gone, and some that is not. Longer than what is buffered.
fn grown() -> Vec<u8> {
    let message = |number: u64| {
        let id = MessageId::new(format!("m-{number}")).expect("not empty");
        OutboundMessage::new(id, "e", "r", format!("k{}", number % 3), vec![0; 30_000])
    };
    let shape = Shape {
        shards: 2,
        is_exclusive: true,
        capacity: 1_000,
    };
    let mut entries = vec![
        journal::queue("q", shape),
        journal::bind("q", "e", "#"),
        journal::topic("t", 2, 5, Retention::Newest),
    ];
    for number in 0..60 {
        entries.push(journal::stored("q", number, &message(number)));
        entries.push(journal::appended(
            "t",
            u32::from(number % 2 == 1),
            &message(number),
        ));
        if number % 4 != 0 {
            entries.push(journal::settled("q", number));
        }
        entries.push(journal::committed("t", "g", 0, number / 2));
    }
    framed(entries)
}

/// All that an image says, as a journal of it.
fn said(image: &Image) -> Vec<u8> {
    let mut entries = Vec::new();
    image
        .entries(|entry| {
            entries.push(entry);
            Ok(())
        })
        .expect("nothing is written to a file");
    framed(entries)
}

#[test]
fn whenever_it_is_killed_a_journal_that_is_written_anew_says_the_same() {
    let folder = Folder(std::env::temp_dir().join(format!("messaging-image-{}", std::process::id())));
    fs::create_dir_all(&folder.0).expect("there is room");
    let path = folder.0.join("broker.journal");
    fs::write(&path, grown()).expect("there is room");
    let image = Image::read(&path).expect("it can be read");
    let (expected, mut steps) = (said(&image), 0);
    // What is in the folder after each step is what a process that was killed there leaves behind.
    let is_whole = || said(&Image::read(&path).expect("it can be read")) == expected;
    let mut stepped = || {
        steps += 1;
        assert!(is_whole(), "after step {steps}");
    };
    image
        .write_in_steps(&path, &mut stepped)
        .expect("it can be written");
    assert!(steps > 30, "{steps}");
    assert_eq!(fs::read(&path).expect("it is there"), expected);
    // One that was killed in between left the half of another: it is no obstacle.
    fs::write(path.with_extension("new"), &expected[..1_000]).expect("there is room");
    image.write(&path).expect("it can be written");
    assert!(is_whole());
    assert!(!path.with_extension("new").exists());
}
