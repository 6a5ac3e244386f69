use std::fmt;

/// Which of the platform's forms of the envelope a message was in.
///
/// The platform's own documents show one envelope in seven forms, and each form has writers. A consumer that knows
/// one of them breaks on the next team's message, and one that tries parser after parser answers "none of seven
/// fitted" when a field is missing. So all forms are read by one reader that knows every name of every field, and
/// the form is a result, not an assumption: useful to count, to log, and to find out who still has to move.
///
/// | form | told by | id | type | version | time | source | correlation | body |
/// |---|---|---|---|---|---|---|---|---|
/// | [`Canonical`](Self::Canonical) | `messageVersion` | `messageId` | `messageType` | `messageVersion` | `timestamp` | `source` | `correlationId` | `payload` |
/// | [`SharedLibrary`](Self::SharedLibrary) | `sourceService`, `envelopeVersion` | `messageId` | `messageType` | its suffix, `.v1` | `timestamp` | `sourceService` | `correlationId` | `payload` |
/// | [`InventorySchemas`](Self::InventorySchemas) | `messageId`, `version` | `messageId` | `messageType` | `version` | `timestamp` | `source` | `correlationId` | `payload` |
/// | [`IntegrationGuide`](Self::IntegrationGuide) | `eventVersion`, `aggregateId` | `eventId` | `eventType` | `eventVersion` | `timestamp` | `metadata.source` | `metadata.correlationId` | `payload` |
/// | [`Search`](Self::Search) | `eventId`, `version` | `eventId` | `eventType` | `version` | `timestamp` | `source` | none | `data` |
/// | [`QualityStandard`](Self::QualityStandard) | `id`, `type` | `id` | `type` | `dataVersion` | `timestamp` | `source` | `correlationId` | `data` |
/// | [`CloudEvents`](Self::CloudEvents) | `specversion` | `id` | `type` | `dataschema`, or the type's suffix | `time` | `source` | `correlationid` | `data` |
///
/// What becomes of the [`Metadata`](crate::Metadata) when a message goes through a dialect:
///
/// | form | id, timestamp, source | version | correlation id | partition key | causation id, sequence |
/// |---|---|---|---|---|---|
/// | [`Canonical`](Self::Canonical) | carried | carried | carried | carried | carried |
/// | [`SharedLibrary`](Self::SharedLibrary) | carried | derived: the minor is 0 | carried | derived: the event's key | lost |
/// | [`InventorySchemas`](Self::InventorySchemas) | carried | carried | carried | derived: the event's key | lost |
/// | [`IntegrationGuide`](Self::IntegrationGuide) | carried | carried | carried | derived: `aggregateId` | lost |
/// | [`Search`](Self::Search) | carried | carried | lost | derived: the event's key | lost |
/// | [`QualityStandard`](Self::QualityStandard) | carried | carried | carried | derived: the event's key | lost |
/// | [`CloudEvents`](Self::CloudEvents) | carried | carried | carried | carried | carried |
///
/// A writer that adds our own `causationId`, `partitionKey` or `sequence` to any of these forms is understood. The
/// name of the type comes out canonical.
///
/// Where a field and a suffix of the type's name both tell the version, the field counts; in CloudEvents the major
/// version of the suffix does. A CloudEvent's extension `version` is not the version of the payload.
///
/// A message that says one thing twice is refused rather than guessed at: one name two times, or two names of one
/// field (`messageId` and `id`) with different values.
///
/// Readers take them all; writers write the canonical form, or CloudEvents where that is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Dialect {
    /// The `StandardMessage` of the Phase 5 overview: what is written here.
    Canonical,
    /// The shared RabbitMQ library.
    SharedLibrary,
    /// The inventory event schemas.
    InventorySchemas,
    /// The guide to the integration of inventory and product.
    IntegrationGuide,
    /// The search service's events.
    Search,
    /// The quality standard.
    QualityStandard,
    /// CloudEvents 1.0, in structured or binary mode.
    CloudEvents,
}

impl Dialect {
    /// All of them, in the order of the platform's documents.
    pub const ALL: &'static [Self] = &[
        Self::Canonical,
        Self::SharedLibrary,
        Self::InventorySchemas,
        Self::IntegrationGuide,
        Self::Search,
        Self::QualityStandard,
        Self::CloudEvents,
    ];

    /// Its name as a label for metrics and logs: `canonical`, `shared-library`, …
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::SharedLibrary => "shared-library",
            Self::InventorySchemas => "inventory-schemas",
            Self::IntegrationGuide => "integration-guide",
            Self::Search => "search",
            Self::QualityStandard => "quality-standard",
            Self::CloudEvents => "cloudevents",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
