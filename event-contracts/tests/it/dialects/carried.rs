//! The table in [`Dialect`]'s documentation, one test a cell.

use super::writer::{Facts, write};
use event_contracts::product::ProductDeleted;
use event_contracts::{Dialect, Envelope, Event, MessageId, Metadata, RawEnvelope, Version};
use product_types::ProductId;

/// What becomes of a field on its way through a dialect.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It comes out as it went in.
    Carried,
    /// It comes out as the reader can infer it.
    Derived,
    /// It does not come out.
    Lost,
}
use Fate::{Carried, Derived, Lost};

macro_rules! fields {
    ($($test:ident: $field:ident, inferred $inferred:expr;)+) => {
        #[derive(Clone, Copy)]
        enum Field { $($field,)+ }

        /// What the metadata says once it went through, by the fate of one field.
        fn check(dialect: Dialect, field: Field, fate: Fate) {
            let (before, after) = through(dialect);
            match field {
                $(Field::$field => {
                    let inferred: fn(&mut Metadata) = $inferred;
                    let mut expected = before.clone();
                    if fate != Carried {
                        inferred(&mut expected);
                        assert!(expected.$test != before.$test, "the sample cannot tell");
                    }
                    assert_eq!(after.$test, expected.$test);
                })+
            }
        }
    };
}

fields! {
    message_id: MessageId, inferred |_| {};
    version: Version, inferred |metadata| metadata.version.minor = 0;
    timestamp: Timestamp, inferred |_| {};
    source: Source, inferred |_| {};
    correlation_id: CorrelationId, inferred |metadata| metadata.correlation_id = None;
    causation_id: CausationId, inferred |metadata| metadata.causation_id = None;
    partition_key: PartitionKey, inferred |metadata| metadata.partition_key = Some("prod_12345".to_owned());
    sequence: Sequence, inferred |metadata| metadata.sequence = None;
}

/// An envelope in which every field says something else than what could be inferred.
fn through(dialect: Dialect) -> (Metadata, Metadata) {
    let happened = super::at("2026-03-02T09:15:00.123Z");
    let id = MessageId::new("evt_01FXYZ789ABC").unwrap();
    let event = ProductDeleted::new(ProductId::new("prod_12345").unwrap(), happened, "u-17");
    let envelope = Envelope::new_with_id(id, event.clone(), "shop", "corr \"1\"", happened)
        .caused_by(MessageId::new("m-0").unwrap())
        .with_sequence(u64::MAX);
    let mut before = envelope.metadata().clone();
    before.version = Version::new(1, 7);
    before.partition_key = Some("tenant-1".to_owned());
    let written = envelope.to_json().unwrap();
    let facts = Facts {
        message_type: ProductDeleted::TYPE,
        metadata: &before,
        key: event.key(),
        payload: RawEnvelope::parse(&written).unwrap().payload_json(),
    };
    let decoded = super::read::<ProductDeleted>(dialect, &write(dialect, &facts));
    assert_eq!(*decoded.payload(), event);
    (before, decoded.metadata().clone())
}

macro_rules! table {
    ($($module:ident $dialect:ident: $id:ident $version:ident $timestamp:ident $source:ident $correlation:ident
        $causation:ident $key:ident $sequence:ident;)+) => {
        $(mod $module {
            use super::*;

            #[test]
            fn message_id() {
                check(Dialect::$dialect, Field::MessageId, $id);
            }

            #[test]
            fn version() {
                check(Dialect::$dialect, Field::Version, $version);
            }

            #[test]
            fn timestamp() {
                check(Dialect::$dialect, Field::Timestamp, $timestamp);
            }

            #[test]
            fn source() {
                check(Dialect::$dialect, Field::Source, $source);
            }

            #[test]
            fn correlation_id() {
                check(Dialect::$dialect, Field::CorrelationId, $correlation);
            }

            #[test]
            fn causation_id() {
                check(Dialect::$dialect, Field::CausationId, $causation);
            }

            #[test]
            fn partition_key() {
                check(Dialect::$dialect, Field::PartitionKey, $key);
            }

            #[test]
            fn sequence() {
                check(Dialect::$dialect, Field::Sequence, $sequence);
            }
        })+

        /// Every dialect, and whether it carries all.
        const TABLE: &[(Dialect, bool)] = &[
            $((Dialect::$dialect, all_carried(&[$id, $version, $timestamp, $source, $correlation, $causation, $key, $sequence])),)+
        ];
    };
}

const fn all_carried(fates: &[Fate]) -> bool {
    let mut at = 0;
    while at < fates.len() {
        if !matches!(fates[at], Carried) {
            return false;
        }
        at += 1;
    }
    true
}

table! {
    // dialect                            id      version time    source  correlation causation key     sequence
    canonical Canonical:                  Carried Carried Carried Carried Carried     Carried   Carried Carried;
    shared_library SharedLibrary:         Carried Derived Carried Carried Carried     Lost      Derived Lost;
    inventory_schemas InventorySchemas:   Carried Carried Carried Carried Carried     Lost      Derived Lost;
    integration_guide IntegrationGuide:   Carried Carried Carried Carried Carried     Lost      Derived Lost;
    search Search:                        Carried Carried Carried Carried Lost        Lost      Derived Lost;
    quality_standard QualityStandard:     Carried Carried Carried Carried Carried     Lost      Derived Lost;
    cloudevents CloudEvents:              Carried Carried Carried Carried Carried     Carried   Carried Carried;
}

#[test]
fn every_dialect_has_a_row_and_what_is_written_carries_all() {
    assert!(TABLE.iter().map(|(dialect, _)| dialect).eq(Dialect::ALL));
    for (dialect, is_whole) in TABLE {
        let is_written = matches!(dialect, Dialect::Canonical | Dialect::CloudEvents);
        assert_eq!(*is_whole, is_written, "{dialect}");
    }
}
