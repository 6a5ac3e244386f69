//! Every kind of change that is told apart, with what it means for those who have the old contract.

/// What a change means for programs that were written for the old document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Some of them may stop working.
    Breaking,
    /// None of them stops working, and people should still read it before it is released.
    Note,
    /// None of them stops working.
    Compatible,
}

impl Class {
    /// The class as one word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Note => "note",
            Self::Compatible => "compatible",
        }
    }
}

/// One kind of change. [`rules`] lists them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    class: Class,
    name: &'static str,
    reason: &'static str,
}

impl Rule {
    /// The name by which people speak of it, such as `operation-removed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// What such a change means.
    #[must_use]
    pub fn class(self) -> Class {
        self.class
    }

    /// Why it has that class, as one phrase.
    #[must_use]
    pub fn reason(self) -> &'static str {
        self.reason
    }
}

/// Every rule, in the order of a document.
#[must_use]
pub fn rules() -> &'static [Rule] {
    ALL
}

macro_rules! rules {
    ($($rule:ident = $class:ident $name:literal: $reason:literal;)*) => {
        $(pub(super) const $rule: Rule = Rule { class: Class::$class, name: $name, reason: $reason };)*
        const ALL: &[Rule] = &[$($rule),*];
    };
}

rules! {
    // The document.
    UNCLASSIFIED = Breaking "unclassified": "no rule knows this change, so it counts as breaking until one does";
    OPENAPI_VERSION_CHANGED = Note "openapi-version-changed": "a patch of the format, not of the API";
    VERSION_CHANGED = Compatible "version-changed": "says what is released, changes nothing";
    DOCUMENTATION_CHANGED = Compatible "documentation-changed": "words and examples only";
    TAGS_CHANGED = Note "tags-changed": "nothing on the wire; clients that are grouped by tag move";
    WRITTEN_DIFFERENTLY = Note "written-differently": "says the same as before by every rule";
    COMPONENT_ADDED = Compatible "component-added": "its uses are judged where they stand";
    COMPONENT_REMOVED = Compatible "component-removed": "its uses are judged where they stood";
    UNUSED_COMPONENT_CHANGED = Compatible "unused-component-changed": "no operation refers to it";
    SERVER_REMOVED = Breaking "server-removed": "its callers find nobody there";
    SERVER_ADDED = Compatible "server-added": "the others stay";

    // Operations.
    OPERATION_REMOVED = Breaking "operation-removed": "its callers are refused";
    OPERATION_ADDED = Compatible "operation-added": "nobody calls it yet";
    OPERATION_ID_CHANGED = Breaking "operation-id-changed": "generated clients and their configuration know it by that name";
    DEPRECATED = Note "deprecated": "it still works; its users should plan to leave it";
    DEPRECATION_LIFTED = Compatible "deprecation-lifted": "it stays";
    PATH_PARAMETER_RENAMED = Note "path-parameter-renamed": "its name is not on the wire; generated arguments are renamed";

    // Who may call.
    SECURITY_ADDED = Breaking "security-added": "calls without credentials are refused";
    SECURITY_ALTERNATIVE_REMOVED = Breaking "security-alternative-removed": "credentials that were enough are refused";
    SECURITY_ALTERNATIVE_ADDED = Compatible "security-alternative-added": "the others stay";
    SECURITY_LIFTED = Note "security-lifted": "it can be called without credentials now: is that meant?";
    SECURITY_SCHEME_CHANGED = Breaking "security-scheme-changed": "credentials are shown in the old way and not found";
    ROLE_REMOVED = Breaking "role-removed": "callers with that role alone are refused";
    ROLE_ADDED = Note "role-added": "more callers may do this: is that meant?";
    ROLES_INTRODUCED = Breaking "roles-introduced": "callers without any of these roles are refused";
    ROLES_LIFTED = Note "roles-lifted": "any token is enough now: is that meant?";

    // How a call is protected.
    IDEMPOTENCY_WEAKENED = Breaking "idempotency-weakened": "clients repeat calls that no longer bear it";
    IDEMPOTENCY_STRENGTHENED = Compatible "idempotency-strengthened": "clients repeat less than they may";
    HEDGING_WITHDRAWN = Breaking "hedging-withdrawn": "clients race requests that may no longer be raced";
    HEDGING_ALLOWED = Compatible "hedging-allowed": "clients race less than they may";
    TIMEOUT_CHANGED = Note "timeout-changed": "a policy for people to review; no request or answer changes";
    BREAKER_GROUP_CHANGED = Note "breaker-group-changed": "other operations share its circuit breaker now";
    COST_CHANGED = Note "cost-changed": "callers reach their rate limit sooner or later";
    PAGING_REMOVED = Breaking "paging-removed": "walks over all pages end";
    PAGING_ADDED = Compatible "paging-added": "clients may walk over all pages";

    // Parameters.
    REQUIRED_PARAMETER_ADDED = Breaking "required-parameter-added": "requests without it are refused";
    OPTIONAL_PARAMETER_ADDED = Compatible "optional-parameter-added": "requests without it stay good";
    PARAMETER_REMOVED = Breaking "parameter-removed": "what callers ask for by it is no longer done";
    PARAMETER_MOVED = Breaking "parameter-moved": "it is looked for elsewhere";
    PARAMETER_BECAME_REQUIRED = Breaking "parameter-became-required": "requests without it are refused";
    PARAMETER_BECAME_OPTIONAL = Compatible "parameter-became-optional": "requests with it stay good";
    SERIALISATION_CHANGED = Breaking "serialisation-changed": "the same value is written in another way";

    // Bodies.
    REQUIRED_BODY_ADDED = Breaking "required-body-added": "requests without a body are refused";
    OPTIONAL_BODY_ADDED = Compatible "optional-body-added": "requests without a body stay good";
    BODY_REMOVED = Breaking "body-removed": "what callers send is no longer read";
    BODY_BECAME_REQUIRED = Breaking "body-became-required": "requests without a body are refused";
    BODY_BECAME_OPTIONAL = Compatible "body-became-optional": "requests with a body stay good";
    REQUEST_MEDIA_TYPE_REMOVED = Breaking "request-media-type-removed": "bodies of that type are refused";
    REQUEST_MEDIA_TYPE_ADDED = Compatible "request-media-type-added": "the others stay";
    RESPONSE_MEDIA_TYPE_REMOVED = Breaking "response-media-type-removed": "readers of that type get none";
    RESPONSE_MEDIA_TYPE_ADDED = Compatible "response-media-type-added": "only those who accept it get it";

    // Answers.
    SUCCESS_STATUS_REMOVED = Breaking "success-status-removed": "callers wait for an answer that no longer comes";
    SUCCESS_STATUS_ADDED = Breaking "success-status-added": "callers take a status that they do not know for a failure";
    STATUS_REMOVED = Compatible "status-removed": "an error or redirection that no longer comes";
    STATUS_ADDED = Note "status-added": "callers know it by its class alone";
    ANSWER_KIND_CHANGED = Note "answer-kind-changed": "nothing on the wire; clients tell it as an answer or as an error";
    RESPONSE_HEADER_REMOVED = Breaking "response-header-removed": "callers who read it find nothing";
    RESPONSE_HEADER_ADDED = Compatible "response-header-added": "callers ignore headers that they do not know";
    RESPONSE_HEADER_BECAME_OPTIONAL = Breaking "response-header-became-optional": "callers who rely on it may find nothing";
    RESPONSE_HEADER_BECAME_REQUIRED = Compatible "response-header-became-required": "callers find it more often";
    LINK_CHANGED = Note "link-changed": "links tell how operations belong together; no answer carries them";

    // Properties of objects.
    REQUIRED_REQUEST_PROPERTY_ADDED = Breaking "required-request-property-added": "requests without it are refused";
    OPTIONAL_REQUEST_PROPERTY_ADDED = Compatible "optional-request-property-added": "requests without it stay good";
    REQUEST_PROPERTY_REFUSED = Breaking "request-property-refused": "the object refuses what it does not know, and so requests with it";
    REQUEST_PROPERTY_IGNORED = Note "request-property-ignored": "requests with it are accepted, and it has no effect";
    REQUEST_PROPERTY_BECAME_REQUIRED = Breaking "request-property-became-required": "requests without it are refused";
    REQUEST_PROPERTY_BECAME_OPTIONAL = Compatible "request-property-became-optional": "requests with it stay good";
    RESPONSE_PROPERTY_REMOVED = Breaking "response-property-removed": "readers find nothing";
    RESPONSE_PROPERTY_ADDED = Compatible "response-property-added": "readers ignore what they do not know";
    RESPONSE_PROPERTY_ADDED_TO_CLOSED_OBJECT = Note "response-property-added-to-closed-object": "our readers ignore what they do not know; a strict validator does not";
    RESPONSE_PROPERTY_BECAME_OPTIONAL = Breaking "response-property-became-optional": "readers who rely on it may find nothing";
    RESPONSE_PROPERTY_BECAME_REQUIRED = Compatible "response-property-became-required": "readers find it more often";
    REQUEST_OBJECT_CLOSED = Breaking "request-object-closed": "requests with other properties are refused";
    REQUEST_OBJECT_OPENED = Compatible "request-object-opened": "it accepts more than before";
    RESPONSE_OBJECT_CLOSED = Compatible "response-object-closed": "fewer properties than were possible";
    RESPONSE_OBJECT_OPENED = Note "response-object-opened": "readers ignore what they do not know";
    DIRECTION_CHANGED = Compatible "direction-changed": "`readOnly` or `writeOnly`; judged as a property that comes or goes";

    // Values.
    REQUEST_TYPE_NARROWED = Breaking "request-type-narrowed": "values of a type that was accepted are refused";
    REQUEST_TYPE_WIDENED = Compatible "request-type-widened": "it accepts more than before";
    RESPONSE_TYPE_NARROWED = Compatible "response-type-narrowed": "fewer types than were possible";
    RESPONSE_TYPE_WIDENED = Breaking "response-type-widened": "readers meet a type that they do not expect";
    TYPE_CHANGED = Breaking "type-changed": "another type in place of the old one";
    REQUEST_NULL_REFUSED = Breaking "request-null-refused": "requests with null are refused";
    REQUEST_NULL_ALLOWED = Compatible "request-null-allowed": "it accepts more than before";
    RESPONSE_NULL_ADDED = Breaking "response-null-added": "readers meet a null that they do not expect";
    RESPONSE_NULL_REMOVED = Compatible "response-null-removed": "null no longer comes";
    REQUEST_ENUM_VALUE_REMOVED = Breaking "request-enum-value-removed": "requests with that value are refused";
    REQUEST_ENUM_VALUE_ADDED = Compatible "request-enum-value-added": "it accepts more than before";
    RESPONSE_ENUM_VALUE_REMOVED = Compatible "response-enum-value-removed": "a value that no longer comes";
    RESPONSE_ENUM_VALUE_ADDED = Note "response-enum-value-added": "enums are open: readers keep text that they do not know";
    RESPONSE_CLOSED_ENUM_VALUE_ADDED = Breaking "response-closed-enum-value-added": "only enums of text are open";
    REQUEST_CONSTRAINT_TIGHTENED = Breaking "request-constraint-tightened": "values that were accepted are refused";
    REQUEST_CONSTRAINT_RELAXED = Compatible "request-constraint-relaxed": "it accepts more than before";
    RESPONSE_CONSTRAINT_TIGHTENED = Compatible "response-constraint-tightened": "fewer values than were possible";
    RESPONSE_CONSTRAINT_RELAXED = Breaking "response-constraint-relaxed": "readers meet values that were ruled out";
    CONSTRAINT_CHANGED = Breaking "constraint-changed": "neither tighter nor wider: some values fell out, or came in";
    REQUEST_UNION_MEMBER_REMOVED = Breaking "request-union-member-removed": "requests of that kind are refused";
    REQUEST_UNION_MEMBER_ADDED = Compatible "request-union-member-added": "it accepts more than before";
    RESPONSE_UNION_MEMBER_REMOVED = Compatible "response-union-member-removed": "a kind that no longer comes";
    RESPONSE_UNION_MEMBER_ADDED = Note "response-union-member-added": "unions of objects are open: readers keep kinds that they do not know";
    RESPONSE_ALTERNATIVE_ADDED = Breaking "response-alternative-added": "only `oneOf` of objects is open";
    DISCRIMINATOR_CHANGED = Breaking "discriminator-changed": "kinds are told apart in another way";
    DISCRIMINATOR_ADDED = Note "discriminator-added": "tells kinds apart that were told apart by their form";
    DEFAULT_CHANGED = Breaking "default-changed": "what is left out means something else";
    DEFAULT_REMOVED = Breaking "default-removed": "what is left out no longer means anything certain";
    DEFAULT_ADDED = Note "default-added": "says what leaving out means";
    RUST_TYPE_CHANGED = Note "rust-type-changed": "nothing on the wire; the Rust client has another type";
}
