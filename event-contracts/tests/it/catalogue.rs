//! What the types state about themselves, all together.

use event_contracts::catalogue::ALL;
use std::collections::BTreeSet;

#[test]
fn each_type_and_major_version_appears_once() {
    let entries: BTreeSet<_> = ALL
        .iter()
        .map(|event| (event.name, event.version.major))
        .collect();
    assert_eq!(entries.len(), ALL.len());
}

#[test]
fn no_name_means_two_events() {
    let names: BTreeSet<_> = ALL.iter().map(|event| event.name).collect();
    let mut aliases = BTreeSet::new();
    for alias in ALL.iter().flat_map(|event| event.aliases) {
        assert!(!names.contains(alias), "{alias} is a name too");
        assert!(aliases.insert(alias), "{alias} stands for two events");
    }
}

#[test]
fn a_routing_key_names_aggregate_and_major_version_and_is_unique() {
    let mut keys = BTreeSet::new();
    for event in ALL {
        let words: Vec<_> = event.routing_key.split('.').collect();
        let [domain, aggregate, action, version] = words[..] else {
            panic!("{} has {} words", event.routing_key, words.len());
        };
        assert_eq!(aggregate, event.aggregate, "{}", event.name);
        assert_eq!(version, format!("v{}", event.version.major), "{}", event.name);
        assert_eq!(event.exchange, format!("{domain}.events"), "{}", event.name);
        assert_eq!(event.topic, event.exchange, "{}", event.name);
        assert!(
            action.bytes().all(|byte| byte.is_ascii_lowercase()),
            "{}",
            event.name
        );
        assert!(keys.insert(event.routing_key), "{} twice", event.routing_key);
    }
}

#[test]
fn only_older_majors_of_the_same_type_are_read_besides() {
    for event in ALL {
        for major in event.oldest_major..event.version.major {
            assert!(
                ALL.iter()
                    .any(|old| old.name == event.name && old.version.major == major),
                "{} reads version {major}, which is not in the catalogue",
                event.name
            );
        }
    }
}
