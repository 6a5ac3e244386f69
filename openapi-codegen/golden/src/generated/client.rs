// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The client, with a method for each operation.

use client_core::{Client, Operation, OperationInfo};

use super::call::Call;
use super::models::{Colour, Everything, NewThing, Shape, ThingPatch, Wide};
use super::operations::{
    BesideElsewhere, BesideTheBase, CsvAnswer, DeprecatedOperation, DeprecatedParameters, DescribedOperation,
    EnumAnswer, FreeAnswer, HeadAnswer, HeaderAnswers, HeaderParameters, HtmlAnswer, ListAnswer,
    ListParameters, MapAnswer, NewBody, NotModifiedAnswer, NothingAnswer, NullableAnswer, ObjectAnswer,
    ObjectBody, PagedAnswer, PatchBody, PathParameterInsideASegment, PathParameters, PlainAnswer,
    QueryParameters, ResilienceAll, ResilienceNone, SecurityNone, SecurityOptional, SecurityRoles,
    SecurityToken, SeveralAnswers, SharedParameters, TextAnswer, Type, UnionAnswer, UnionBody, WideBody,
};

/// A client of the Golden API.
///
/// Cloning is cheap; the clones share connections, circuit breakers and counters.
#[derive(Clone, Debug)]
pub struct GoldenClient {
    core: Client,
}

impl GoldenClient {
    /// The facts of all operations, in the document's order.
    pub const OPERATIONS: &'static [&'static OperationInfo] = &[
        PathParameters::INFO,
        PathParameterInsideASegment::INFO,
        QueryParameters::INFO,
        ListParameters::INFO,
        HeaderParameters::INFO,
        DeprecatedParameters::INFO,
        SharedParameters::INFO,
        ObjectBody::INFO,
        NewBody::INFO,
        PatchBody::INFO,
        UnionBody::INFO,
        WideBody::INFO,
        ObjectAnswer::INFO,
        ListAnswer::INFO,
        MapAnswer::INFO,
        FreeAnswer::INFO,
        PlainAnswer::INFO,
        EnumAnswer::INFO,
        NullableAnswer::INFO,
        UnionAnswer::INFO,
        TextAnswer::INFO,
        HtmlAnswer::INFO,
        CsvAnswer::INFO,
        NothingAnswer::INFO,
        HeadAnswer::INFO,
        SeveralAnswers::INFO,
        NotModifiedAnswer::INFO,
        HeaderAnswers::INFO,
        PagedAnswer::INFO,
        SecurityNone::INFO,
        SecurityOptional::INFO,
        SecurityToken::INFO,
        SecurityRoles::INFO,
        ResilienceAll::INFO,
        ResilienceNone::INFO,
        DeprecatedOperation::INFO,
        DescribedOperation::INFO,
        Type::INFO,
        BesideTheBase::INFO,
        BesideElsewhere::INFO,
    ];

    /// A client over `core`, whose base URL is where the document's paths begin.
    #[must_use]
    pub fn new(core: Client) -> Self {
        Self { core }
    }

    /// The client underneath, which makes the calls and counts them.
    #[must_use]
    pub fn core(&self) -> &Client {
        &self.core
    }

    /// Does it.
    ///
    /// `GET /parameters/path/{text}/{whole}/{tag}`. Needs no token. Repeated after a passing failure; at
    /// most 2 s an attempt and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn path_parameters(&self, text: impl Into<String>, whole: i64, tag: Colour) -> Call<PathParameters> {
        Call::new(self.core.call(PathParameters::new(text, whole, tag)))
    }

    /// Does it.
    ///
    /// `GET /parameters/{inner}.json`. Needs no token. Repeated after a passing failure; at most 2 s an
    /// attempt and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn path_parameter_inside_a_segment(
        &self,
        inner: impl Into<String>,
    ) -> Call<PathParameterInsideASegment> {
        Call::new(self.core.call(PathParameterInsideASegment::new(inner)))
    }

    /// Does it.
    ///
    /// `GET /parameters/query`. Needs no token. Repeated after a passing failure; at most 2 s an attempt
    /// and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn query_parameters(&self, must: impl Into<String>) -> Call<QueryParameters> {
        Call::new(self.core.call(QueryParameters::new(must)))
    }

    /// Does it.
    ///
    /// `GET /parameters/lists`. Needs no token. Repeated after a passing failure; at most 2 s an attempt
    /// and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn list_parameters(&self) -> Call<ListParameters> {
        Call::new(self.core.call(ListParameters::new()))
    }

    /// Does it.
    ///
    /// `GET /parameters/headers`. Needs no token. Repeated after a passing failure; at most 2 s an attempt
    /// and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn header_parameters(&self, x_must: impl Into<String>) -> Call<HeaderParameters> {
        Call::new(self.core.call(HeaderParameters::new(x_must)))
    }

    /// Does it.
    ///
    /// `GET /parameters/old`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and
    /// 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn deprecated_parameters(&self) -> Call<DeprecatedParameters> {
        Call::new(self.core.call(DeprecatedParameters::new()))
    }

    /// Does it.
    ///
    /// `GET /parameters/shared/{id}`. Needs no token. Repeated after a passing failure; at most 2 s an
    /// attempt and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn shared_parameters(&self, id: u64) -> Call<SharedParameters> {
        Call::new(self.core.call(SharedParameters::new(id)))
    }

    /// Does it.
    ///
    /// `PUT /bodies/object`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn object_body(&self, body: Everything) -> Call<ObjectBody> {
        Call::new(self.core.call(ObjectBody::new(body)))
    }

    /// Does it.
    ///
    /// `POST /bodies/new`. Needs no token. Repeated after a passing failure, with the same
    /// `Idempotency-Key`; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 201; otherwise nothing that is documented.
    pub fn new_body(&self, body: NewThing) -> Call<NewBody> {
        Call::new(self.core.call(NewBody::new(body)))
    }

    /// Does it.
    ///
    /// `PATCH /bodies/patch`. Needs no token. Repeated only when the service provably did not see it; at
    /// most 2 s an attempt and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn patch_body(&self, body: ThingPatch) -> Call<PatchBody> {
        Call::new(self.core.call(PatchBody::new(body)))
    }

    /// Does it.
    ///
    /// `PUT /bodies/union`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn union_body(&self, body: Shape) -> Call<UnionBody> {
        Call::new(self.core.call(UnionBody::new(body)))
    }

    /// Does it.
    ///
    /// `PUT /bodies/wide`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5 s
    /// in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn wide_body(&self, body: Wide) -> Call<WideBody> {
        Call::new(self.core.call(WideBody::new(body)))
    }

    /// Does it.
    ///
    /// `GET /answers/object`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and
    /// 5 s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn object_answer(&self) -> Call<ObjectAnswer> {
        Call::new(self.core.call(ObjectAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/list`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn list_answer(&self) -> Call<ListAnswer> {
        Call::new(self.core.call(ListAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/map`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5 s
    /// in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn map_answer(&self) -> Call<MapAnswer> {
        Call::new(self.core.call(MapAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/free`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn free_answer(&self) -> Call<FreeAnswer> {
        Call::new(self.core.call(FreeAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/plain`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn plain_answer(&self) -> Call<PlainAnswer> {
        Call::new(self.core.call(PlainAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/enum`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn enum_answer(&self) -> Call<EnumAnswer> {
        Call::new(self.core.call(EnumAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/nullable`. Needs no token. Repeated after a passing failure; at most 2 s an attempt
    /// and 5 s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn nullable_answer(&self) -> Call<NullableAnswer> {
        Call::new(self.core.call(NullableAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/union`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn union_answer(&self) -> Call<UnionAnswer> {
        Call::new(self.core.call(UnionAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/text`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn text_answer(&self) -> Call<TextAnswer> {
        Call::new(self.core.call(TextAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/page`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn html_answer(&self) -> Call<HtmlAnswer> {
        Call::new(self.core.call(HtmlAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/table`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn csv_answer(&self) -> Call<CsvAnswer> {
        Call::new(self.core.call(CsvAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/nothing`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and
    /// 5 s in all.
    ///
    /// Answers 202; otherwise 404, 503.
    pub fn nothing_answer(&self) -> Call<NothingAnswer> {
        Call::new(self.core.call(NothingAnswer::new()))
    }

    /// Does it.
    ///
    /// `HEAD /answers/head`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise 304, 404.
    pub fn head_answer(&self) -> Call<HeadAnswer> {
        Call::new(self.core.call(HeadAnswer::new()))
    }

    /// Does it.
    ///
    /// `PUT /answers/several`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and
    /// 5 s in all.
    ///
    /// Answers 200 or 201 or 202 or 204; otherwise nothing that is documented.
    pub fn several_answers(&self) -> Call<SeveralAnswers> {
        Call::new(self.core.call(SeveralAnswers::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/not-modified`. Needs no token. Repeated after a passing failure; at most 2 s an
    /// attempt and 5 s in all.
    ///
    /// Answers 200 or 304; otherwise nothing that is documented.
    pub fn not_modified_answer(&self) -> Call<NotModifiedAnswer> {
        Call::new(self.core.call(NotModifiedAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/headers`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and
    /// 5 s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn header_answers(&self) -> Call<HeaderAnswers> {
        Call::new(self.core.call(HeaderAnswers::new()))
    }

    /// Does it.
    ///
    /// `GET /answers/pages`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn paged_answer(&self) -> Call<PagedAnswer> {
        Call::new(self.core.call(PagedAnswer::new()))
    }

    /// Does it.
    ///
    /// `GET /security/none`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn security_none(&self) -> Call<SecurityNone> {
        Call::new(self.core.call(SecurityNone::new()))
    }

    /// Does it.
    ///
    /// `GET /security/optional`. Needs no token; what is answered may depend on one. Repeated after a
    /// passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn security_optional(&self) -> Call<SecurityOptional> {
        Call::new(self.core.call(SecurityOptional::new()))
    }

    /// Does it.
    ///
    /// `GET /security/token`. Needs a token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn security_token(&self) -> Call<SecurityToken> {
        Call::new(self.core.call(SecurityToken::new()))
    }

    /// Does it.
    ///
    /// `GET /security/roles`. Needs a token with one of the roles admin, editor. Repeated after a passing
    /// failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn security_roles(&self) -> Call<SecurityRoles> {
        Call::new(self.core.call(SecurityRoles::new()))
    }

    /// Does it.
    ///
    /// `GET /resilience/all`. Needs no token. Repeated after a passing failure; at most 400 ms an attempt
    /// and 1.25 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn resilience_all(&self) -> Call<ResilienceAll> {
        Call::new(self.core.call(ResilienceAll::new()))
    }

    /// Does it.
    ///
    /// `DELETE /resilience/none`. Needs no token. Repeated only when the service provably did not see it;
    /// at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn resilience_none(&self) -> Call<ResilienceNone> {
        Call::new(self.core.call(ResilienceNone::new()))
    }

    /// Does it.
    ///
    /// `GET /words/deprecated`. Needs no token. Repeated after a passing failure; at most 2 s an attempt
    /// and 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    #[deprecated = "deprecated by the API"]
    pub fn deprecated_operation(&self) -> Call<DeprecatedOperation> {
        Call::new(self.core.call(DeprecatedOperation::new()))
    }

    /// Does it.
    ///
    /// See \<this\>, \[that\] and `[code]`:
    ///
    /// - one
    /// - two
    ///
    /// ```text
    /// not <rust>
    /// ```
    ///
    /// `GET /words/described`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and
    /// 5 s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn described_operation(&self) -> Call<DescribedOperation> {
        Call::new(self.core.call(DescribedOperation::new()))
    }

    /// Does it.
    ///
    /// `GET /words/type`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5 s
    /// in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn r#type(&self) -> Call<Type> {
        Call::new(self.core.call(Type::new()))
    }

    /// Does it.
    ///
    /// `GET /beside`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5 s in
    /// all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn beside_the_base(&self) -> Call<BesideTheBase> {
        Call::new(self.core.call(BesideTheBase::new()))
    }

    /// Does it.
    ///
    /// `GET /beside/other`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 204; otherwise nothing that is documented.
    pub fn beside_elsewhere(&self) -> Call<BesideElsewhere> {
        Call::new(self.core.call(BesideElsewhere::new()))
    }
}
