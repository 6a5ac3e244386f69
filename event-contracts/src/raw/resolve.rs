//! From the members that stand in a message to what they say.

use super::Parts;
use super::detect::{dialect, required};
use super::members::{Member, Members};
use super::name::{Field, Name};
use crate::cloudevents::mapping;
use crate::fault::{Broken, Fault};
use crate::json::Scanner;
use crate::names::{canonical_source, major_of};
use crate::{Dialect, Version};

/// The version of the payload's schema, as far as the members tell.
pub(super) fn version(members: &Members<'_>, message_type: &str) -> Result<Option<Version>, Broken> {
    // To CloudEvents, `version` is an extension like any other, and says nothing about the schema.
    let is_cloud_event = members.names.has(Name::SpecVersion);
    if let Some(member) = members.get(Field::Version).filter(|_| !is_cloud_event) {
        let version = member.word().parse();
        return version.map(Some).map_err(|_| member.is_not("a version"));
    }
    let schema = members.text(Field::DataSchema)?;
    Ok(mapping::version_of(schema.as_deref(), major_of(message_type)))
}

/// Resolves a message of which all members have been read; `end` is its end.
pub(super) fn resolve<'a>(
    members: &mut Members<'a>,
    max_depth: u8,
    end: usize,
) -> Result<(Parts<'a>, &'a str), Broken> {
    let message_type = members.text(Field::Type)?;
    let has_suffix = || {
        let name = message_type.as_deref();
        name.is_some_and(|name| major_of(name).is_some())
    };
    let dialect = dialect(members.names, has_suffix);
    let required = required(dialect);
    let missing = |name| Fault::Missing(name).at(end);

    if dialect == Dialect::CloudEvents {
        if let Some(member) = members
            .get(Field::SpecVersion)
            .filter(|member| member.word() != "1.0")
        {
            return Err(member.is_not("the version 1.0 of CloudEvents"));
        }
    } else if dialect == Dialect::IntegrationGuide {
        merge_metadata(members, max_depth)?;
    }
    let id = members.get(Field::Id).ok_or_else(|| missing(required.id))?;
    let message_id = id.text()?;
    if message_id.is_empty() {
        return Err(id.is_not("a message id, which is never empty"));
    }
    let message_type = message_type.ok_or_else(|| missing(required.message_type))?;
    let version = match (version(members, &message_type)?, dialect) {
        (Some(version), _) => version,
        // Both state it in passing, or not at all as long as it is the first.
        (None, Dialect::SharedLibrary | Dialect::CloudEvents) => Version::new(1, 0),
        (None, _) => return Err(missing(required.version)),
    };
    let time = members.get(Field::Time).ok_or_else(|| missing(required.time))?;
    let timestamp = time.text()?.parse().map_err(|_| time.is_not("an instant"))?;
    let source = members
        .text(Field::Source)?
        .ok_or_else(|| missing(required.source))?;
    let causation_id = members.text(Field::Causation)?;
    if let (Some(""), Some(member)) = (causation_id.as_deref(), members.get(Field::Causation)) {
        return Err(member.is_not("a message id, which is never empty"));
    }
    let partition_key = match members.text(Field::PartitionKey)? {
        Some(key) => Some(key),
        None => members.text(Field::AggregateId)?,
    };
    let payload = members
        .get(Field::Payload)
        .ok_or_else(|| missing(required.payload))?;
    if payload.name == Name::DataBase64 {
        return Err(payload.is_not("JSON"));
    }
    let is_cloud_event = dialect == Dialect::CloudEvents;
    let (message_type, source) = if is_cloud_event {
        let schema = members.text(Field::DataSchema)?;
        (
            mapping::name_of(message_type, schema.as_deref()),
            mapping::source_from_uri(source),
        )
    } else {
        (message_type, source)
    };
    let sequence = members.get(Field::Sequence).map(Member::number);
    let parts = Parts {
        dialect,
        message_id,
        message_type,
        version,
        timestamp,
        source: canonical_source(source),
        correlation_id: members.text(Field::Correlation)?,
        causation_id,
        partition_key,
        // Other producers of CloudEvents order their events by texts of any kind.
        sequence: match sequence {
            Some(Err(_)) if is_cloud_event => None,
            sequence => sequence.transpose()?,
        },
    };
    Ok((parts, payload.json))
}

/// The integration guide keeps some fields in an object of their own.
fn merge_metadata<'a>(members: &mut Members<'a>, max_depth: u8) -> Result<(), Broken> {
    let Some(metadata) = members.get(Field::Metadata).copied() else {
        return Ok(());
    };
    let mut nested = Members::default();
    let mut scanner = Scanner::new(metadata.json, max_depth);
    if scanner.peek() != Ok(b'{') {
        return Err(metadata.is_not("an object"));
    }
    read_into(&mut nested, &mut scanner).map_err(|broken| broken.fault().at(metadata.at + broken.at()))?;
    for (field, path) in [
        (Field::Source, "metadata.source"),
        (Field::Correlation, "metadata.correlationId"),
        (Field::Causation, "metadata.causationId"),
        (Field::PartitionKey, "metadata.partitionKey"),
        (Field::Sequence, "metadata.sequence"),
    ] {
        if let Some(member) = nested.get(field) {
            let at = metadata.at + member.at;
            members
                .keep(Member { at, ..*member })
                .map_err(|broken| match broken.fault() {
                    Fault::Contradiction(outside, _) => Fault::Contradiction(outside, path).at(at),
                    _ => broken,
                })?;
        }
    }
    Ok(())
}

fn read_into<'a>(nested: &mut Members<'a>, scanner: &mut Scanner<'a>) -> Result<(), Broken> {
    let mut is_another = scanner.open_object()?;
    while is_another {
        let (name, at) = scanner.key()?;
        if let Some(key) = Name::of(&name.text()) {
            nested.meet(key, at)?;
            let member = Member::read(key, 0, scanner)?;
            nested.keep(member)?;
        } else {
            scanner.skip_value(0)?;
        }
        is_another = scanner.has_another_member()?;
    }
    Ok(())
}
