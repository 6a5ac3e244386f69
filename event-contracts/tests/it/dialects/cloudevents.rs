//! CloudEvents 1.0, structured. What is more than the envelope is tested with the feature's own module.

use super::{at, read};
use event_contracts::product::ProductDeleted;
use event_contracts::{Dialect, RawEnvelope, Version};

const DATA: &str = r#"{"productId":"prod_12345","deletedAt":"2026-03-02T09:15:00Z","deletedBy":"u-17"}"#;

fn message(members: &str) -> String {
    format!(
        r#"{{"specversion":"1.0","id":"m-1","source":"product-service","time":"2026-03-02T09:15:00Z",
            "datacontenttype":"application/json",{members},"data":{DATA}}}"#
    )
}

#[test]
fn attributes_and_extensions_are_the_envelope() {
    let envelope = read::<ProductDeleted>(
        Dialect::CloudEvents,
        &message(
            r#""type":"ProductDeleted.v1","dataschema":"https://schemas.example/ProductDeleted/1.4.json",
                "correlationid":"c-1","causationid":"m-0","partitionkey":"k-1","sequence":"18446744073709551615""#,
        ),
    );
    let metadata = envelope.metadata();
    assert_eq!(metadata.message_id.as_str(), "m-1");
    assert_eq!(metadata.version, Version::new(1, 4));
    assert_eq!(metadata.timestamp, at("2026-03-02T09:15:00Z"));
    assert_eq!(metadata.source, "product-service");
    assert_eq!(metadata.correlation_id.as_deref(), Some("c-1"));
    assert_eq!(metadata.causation_id.as_ref().unwrap().as_str(), "m-0");
    assert_eq!(metadata.partition_key.as_deref(), Some("k-1"));
    assert_eq!(metadata.sequence, Some(u64::MAX));
}

#[test]
fn the_version_is_that_of_the_schema_or_of_the_type() {
    for (members, version) in [
        (r#""type":"Other.v3""#, (3, 0)),
        (r#""type":"Other.v2","dataschema":"urn:schema:Other:2.1""#, (2, 1)),
        (
            r#""type":"Other.v2","dataschema":"https://schemas.example/other""#,
            (2, 0),
        ),
        (r#""type":"Other""#, (1, 0)),
        // An extension of somebody else's.
        (r#""type":"Other.v1","version":"3""#, (1, 0)),
        (r#""type":"Other.v2","version":"of the sender's own""#, (2, 0)),
    ] {
        let body = message(members);
        let raw = RawEnvelope::parse(body.as_bytes()).unwrap();
        assert_eq!(raw.version(), Version::new(version.0, version.1), "{members}");
        assert_eq!(raw.message_type(), "Other");
    }
}

#[test]
fn other_versions_of_cloudevents_and_data_that_is_no_json_are_refused() {
    let body = message(r#""type":"T.v1""#);
    assert!(RawEnvelope::parse(body.replace("\"1.0\"", "\"0.3\"").as_bytes()).is_err());
    let binary = body.replace("\"data\":", "\"data_base64\":");
    assert!(RawEnvelope::parse(binary.as_bytes()).is_err());
}
