//! What an API offers, in the words of the generator: everything that was expressible in the document, and no more.

use std::collections::BTreeMap;

/// All operations in the document's order, and the models that they use, by name.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) operations: Vec<Operation>,
    pub(crate) models: BTreeMap<String, Model>,
}

/// One method on one path.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) line: usize,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) access: Access,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// What the parser gives: one answer, or several that become an enum. Never empty.
    pub(crate) answers: Vec<Answer>,
    /// Every other documented status.
    pub(crate) others: Vec<u16>,
    /// The headers that answers have beside those that every client reads.
    pub(crate) headers: Vec<Header>,
    pub(crate) resilience: Resilience,
    /// What a page of it holds, when it answers a list a page at a time.
    pub(crate) paged: Option<Paged>,
    pub(crate) deprecated: bool,
    /// What base URLs end with, and what stands in its place for this operation.
    pub(crate) server: Option<(String, String)>,
}

/// One documented success.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) docs: String,
    pub(crate) content: Content,
}

/// What the body of an answer holds.
#[derive(Debug, PartialEq)]
pub(crate) enum Content {
    Nothing,
    Json(Type),
    /// Text of this media type.
    Text(String),
}

/// A response header.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) field: String,
    pub(crate) required: bool,
    pub(crate) ty: Type,
    pub(crate) docs: String,
}

/// The answer of a paged operation.
#[derive(Debug)]
pub(crate) struct Paged {
    pub(crate) item: Type,
    /// The type of its `total`.
    pub(crate) total: Type,
}

/// Who may call an operation.
#[derive(Debug, PartialEq)]
pub(crate) enum Access {
    Public,
    OptionalToken,
    Token { roles: Vec<String> },
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    /// The name on the wire.
    pub(crate) name: String,
    /// The name in Rust, not yet escaped.
    pub(crate) field: String,
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) ty: Type,
    pub(crate) docs: String,
    pub(crate) deprecated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query {
        /// Whether a list is written as `a=1&a=2` instead of `a=1,2`.
        explode: bool,
    },
    Header,
}

#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) ty: Type,
    pub(crate) merge_patch: bool,
}

/// The numbers of `x-resilience`.
#[derive(Debug)]
pub(crate) struct Resilience {
    pub(crate) idempotency: Idempotency,
    pub(crate) connect_ms: u32,
    pub(crate) attempt_ms: u32,
    pub(crate) overall_ms: u32,
    pub(crate) breaker_group: String,
    pub(crate) hedging: bool,
    pub(crate) cost: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Idempotency {
    Idempotent,
    Key,
    None,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Bool,
    I32,
    I64,
    U32,
    U64,
    F32,
    F64,
    Text,
    /// A type that the target brings along, by its path.
    Mapped(String),
    /// A generated struct or enum.
    Model(String),
    List(Box<Type>),
    Map(Box<Type>),
    FreeObject,
    Nullable(Box<Type>),
}

#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) docs: String,
    pub(crate) shape: Shape,
    /// Whether a request carries it.
    pub(crate) sent: bool,
    /// Whether an answer carries it.
    pub(crate) received: bool,
    /// The tag that a union reads and writes for it, with its value.
    pub(crate) tag: Option<(String, String)>,
}

#[derive(Debug)]
pub(crate) enum Shape {
    Struct {
        fields: Vec<Field>,
        /// Whether it is the body of a JSON merge patch.
        patch: bool,
    },
    /// The values of an open enum, each with the name of its variant.
    Enum(Vec<(String, String)>),
    Union(Union),
}

/// One of several objects.
#[derive(Debug)]
pub(crate) struct Union {
    /// The property that tells which one; without it, what each one alone requires does.
    pub(crate) tag: Option<String>,
    /// The models, each with its value of the tag, or with the property that it alone requires.
    pub(crate) members: Vec<(String, String)>,
}

/// Where a property may stand that stands in one of the two only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Sent,
    Received,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) field: String,
    pub(crate) required: bool,
    pub(crate) ty: Type,
    pub(crate) docs: String,
    pub(crate) deprecated: bool,
    pub(crate) only: Option<Direction>,
    pub(crate) line: usize,
}
