//! From arguments to a request, byte-exact.

mod encoding;

use std::fmt::Display;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Method, Uri};
use serde::Serialize;

use crate::build_error::{BuildError, Problem};
use crate::operation::OperationInfo;
use encoding::{is_dot_segment, push_encoded, push_literal};

/// Builds the request of one operation.
///
/// Setters never fail; [`build`](Self::build) reports the first thing that was wrong.
///
/// Names and values of the path and the query are encoded by RFC 3986: all but `A–Z a–z 0–9 - . _ ~` becomes `%XX` of
/// its UTF-8 bytes, a space is `%20` and a plus `%2B`. A path parameter stays one segment whatever it holds.
///
/// ```
/// use client_core::{OperationInfo, RequestBuilder};
///
/// static FILES: OperationInfo = OperationInfo::new("findFile", http::Method::GET, "/folders/{folder}/files");
/// let request = RequestBuilder::new(&FILES)
///     .path_parameter("folder", "a/b?c")
///     .query("name", "50 % off")
///     .query_opt("limit", None::<&u32>)
///     .build()?;
/// assert_eq!(request.uri(), "/folders/a%2Fb%3Fc/files?name=50%20%25%20off");
/// # Ok::<(), client_core::BuildError>(())
/// ```
#[derive(Debug)]
#[must_use = "a request builder does nothing until it is built"]
pub struct RequestBuilder {
    method: Method,
    template: &'static str,
    path_parameters: Vec<(String, String)>,
    query: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
    problem: Option<BuildError>,
}

impl RequestBuilder {
    /// Starts from the method and path template of an operation. The request accepts JSON.
    pub fn new(info: &OperationInfo) -> Self {
        Self {
            method: info.method.clone(),
            template: info.path,
            path_parameters: Vec::new(),
            query: String::new(),
            headers: vec![(ACCEPT, HeaderValue::from_static("application/json"))],
            body: Bytes::new(),
            problem: None,
        }
    }

    /// Fills `{name}` of the path template.
    pub fn path_parameter(mut self, name: &str, value: &(impl Display + ?Sized)) -> Self {
        self.path_parameters.push((name.to_owned(), value.to_string()));
        self
    }

    /// Appends `name=value` to the query. Called again with the same name, it appends another pair.
    pub fn query(mut self, name: &str, value: &(impl Display + ?Sized)) -> Self {
        self.query.push(if self.query.is_empty() { '?' } else { '&' });
        push_encoded(&mut self.query, name);
        self.query.push('=');
        push_encoded(&mut self.query, &value.to_string());
        self
    }

    /// Appends `name=value` when there is a value.
    pub fn query_opt(self, name: &str, value: Option<&(impl Display + ?Sized)>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Appends `name=value` once for each value (OpenAPI's `style: form` with `explode: true`).
    pub fn query_each(self, name: &str, values: &[impl Display]) -> Self {
        values
            .iter()
            .fold(self, |request, value| request.query(name, value))
    }

    /// Appends `name=a,b,c` (OpenAPI's `style: form` with `explode: false`), or nothing when there is no value.
    ///
    /// A comma inside a value is encoded, the commas between values are not.
    pub fn query_list(self, name: &str, values: &[impl Display]) -> Self {
        let Some((first, rest)) = values.split_first() else {
            return self;
        };
        let mut request = self.query(name, first);
        for value in rest {
            request.query.push(',');
            push_encoded(&mut request.query, &value.to_string());
        }
        request
    }

    /// Sets a header. The value must be visible ASCII, spaces and tabs.
    pub fn header(mut self, name: &'static str, value: &(impl Display + ?Sized)) -> Self {
        match (
            HeaderName::try_from(name),
            HeaderValue::try_from(value.to_string()),
        ) {
            // `to_str` fails on what is not ASCII, which servers read in different ways.
            (Ok(name), Ok(value)) if value.to_str().is_ok() => self.headers.push((name, value)),
            _ => self.fail(BuildError::new(Problem::Header { name })),
        }
        self
    }

    /// Sets a header when there is a value.
    pub fn header_opt(self, name: &'static str, value: Option<&(impl Display + ?Sized)>) -> Self {
        match value {
            Some(value) => self.header(name, value),
            None => self,
        }
    }

    /// Sets the body, as `application/json`.
    pub fn json(self, body: &(impl Serialize + ?Sized)) -> Self {
        self.body_as("application/json", body)
    }

    /// Sets the body, as `application/merge-patch+json` (RFC 7396).
    pub fn merge_patch(self, body: &(impl Serialize + ?Sized)) -> Self {
        self.body_as("application/merge-patch+json", body)
    }

    /// The request, with a URI of path and query only.
    ///
    /// # Errors
    ///
    /// When a path parameter is missing, unknown, empty, or would vanish as a `.` or `..` segment; when a header value
    /// can't be sent; when the body can't be written as JSON; when path and query exceed 65,534 bytes.
    pub fn build(mut self) -> Result<http::Request<Bytes>, BuildError> {
        if let Some(problem) = self.problem.take() {
            return Err(problem);
        }
        let mut target = self.path()?;
        target.push_str(&self.query);
        let uri = Uri::try_from(target).map_err(|_| BuildError::new(Problem::TooLong))?;

        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        for (name, value) in self.headers {
            request.headers_mut().insert(name, value);
        }
        Ok(request)
    }

    fn body_as(mut self, content_type: &'static str, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(text) => {
                self.body = text.into();
                self.headers
                    .push((CONTENT_TYPE, HeaderValue::from_static(content_type)));
            }
            Err(cause) => self.fail(BuildError::new(Problem::Body(cause))),
        }
        self
    }

    fn fail(&mut self, problem: BuildError) {
        self.problem.get_or_insert(problem);
    }

    fn path(&self) -> Result<String, BuildError> {
        let unknown = |name: &String| !self.template.contains(&format!("{{{name}}}"));
        if let Some((name, _)) = self.path_parameters.iter().find(|(name, _)| unknown(name)) {
            return Err(BuildError::new(Problem::UnknownParameter { name: name.clone() }));
        }

        let mut path = String::with_capacity(self.template.len() + 64);
        for segment in self.template.trim_start_matches('/').split('/') {
            path.push('/');
            let start = path.len();
            self.push_segment(&mut path, segment)?;
            if is_dot_segment(&path[start..]) {
                return Err(BuildError::new(Problem::DotSegment {
                    segment: segment.to_owned(),
                }));
            }
        }
        Ok(path)
    }

    fn push_segment(&self, path: &mut String, mut template: &str) -> Result<(), BuildError> {
        while let Some((literal, rest)) = template.split_once('{') {
            let Some((name, rest)) = rest.split_once('}') else {
                break;
            };
            push_literal(path, literal);
            push_encoded(path, self.value_of(name)?);
            template = rest;
        }
        push_literal(path, template);
        Ok(())
    }

    fn value_of(&self, name: &str) -> Result<&str, BuildError> {
        match self.path_parameters.iter().rfind(|(known, _)| known == name) {
            None => Err(BuildError::new(Problem::MissingParameter {
                name: name.to_owned(),
            })),
            Some((_, value)) if value.is_empty() => Err(BuildError::new(Problem::EmptyParameter {
                name: name.to_owned(),
            })),
            Some((_, value)) => Ok(value),
        }
    }
}
