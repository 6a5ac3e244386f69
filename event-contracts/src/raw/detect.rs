use super::name::{Name, Names};
use crate::Dialect;

/// Tells the dialect by the names that only it uses, then by those of the identifier.
pub(super) fn dialect(names: Names, has_suffix: impl Fn() -> bool) -> Dialect {
    let has_any = |some: &[Name]| some.iter().any(|name| names.has(*name));
    if names.has(Name::SpecVersion) {
        Dialect::CloudEvents
    } else if has_any(&[Name::EventId, Name::EventType]) {
        let of_the_guide = [Name::EventVersion, Name::AggregateId, Name::AggregateType];
        if has_any(&of_the_guide) || !has_any(&[Name::Version, Name::Data]) {
            Dialect::IntegrationGuide
        } else {
            Dialect::Search
        }
    } else if has_any(&[Name::MessageId, Name::MessageType]) {
        if has_any(&[Name::SourceService, Name::EnvelopeVersion]) {
            Dialect::SharedLibrary
        } else if names.has(Name::MessageVersion) {
            Dialect::Canonical
        } else if names.has(Name::Version) {
            Dialect::InventorySchemas
        } else if has_suffix() {
            Dialect::SharedLibrary
        } else {
            Dialect::Canonical
        }
    } else if has_any(&[Name::Id, Name::Type]) {
        Dialect::QualityStandard
    } else {
        Dialect::Canonical
    }
}

/// The names under which a dialect has what no message may lack.
pub(super) struct Required {
    pub(super) id: &'static str,
    pub(super) message_type: &'static str,
    pub(super) version: &'static str,
    pub(super) time: &'static str,
    pub(super) source: &'static str,
    pub(super) payload: &'static str,
}

pub(super) const fn required(dialect: Dialect) -> Required {
    let canonical = Required {
        id: "messageId",
        message_type: "messageType",
        version: "messageVersion",
        time: "timestamp",
        source: "source",
        payload: "payload",
    };
    match dialect {
        Dialect::Canonical => canonical,
        Dialect::SharedLibrary => Required {
            source: "sourceService",
            ..canonical
        },
        Dialect::InventorySchemas => Required {
            version: "version",
            ..canonical
        },
        Dialect::IntegrationGuide => Required {
            id: "eventId",
            message_type: "eventType",
            version: "eventVersion",
            source: "metadata.source",
            ..canonical
        },
        Dialect::Search => Required {
            id: "eventId",
            message_type: "eventType",
            version: "version",
            payload: "data",
            ..canonical
        },
        Dialect::QualityStandard => Required {
            id: "id",
            message_type: "type",
            version: "dataVersion",
            payload: "data",
            ..canonical
        },
        Dialect::CloudEvents => Required {
            id: "id",
            message_type: "type",
            version: "dataschema",
            time: "time",
            payload: "data",
            ..canonical
        },
    }
}
