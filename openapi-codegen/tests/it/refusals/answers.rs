//! Answers and their headers.

use super::told;
use crate::support::Parts;

#[test]
fn of_answers() {
    let json = "content: { application/json: { schema: { type: string } } }";
    let cases = [
        (
            "{ default: { description: D. } }".to_owned(),
            "answer `default` of operation `doIt`; name each status by its three digits",
        ),
        (
            "{ 2XX: { description: D. } }".to_owned(),
            "answer `2XX` of operation `doIt`; name each status by its three digits",
        ),
        (
            "{ '404': { description: D. } }".to_owned(),
            "operation `doIt` without a success status; document at least one status from 200 to 299",
        ),
        (
            "{ '200': { description: D. }, '299': { description: D. } }".to_owned(),
            "success status `299` of operation `doIt` beside others; use a status that HTTP has a name for",
        ),
        (
            "{ '200': { description: D. }, '302': { description: D. } }".to_owned(),
            "answer `302` of operation `doIt`; document no redirection but 304; clients follow none",
        ),
        (
            format!("{{ '204': {{ description: D., {json} }} }}"),
            "content in an answer that has none (204, or to HEAD); drop `content`",
        ),
        (
            format!("{{ '200': {{ description: D. }}, '404': {{ description: D., {json} }} }}"),
            "an error whose body is not the documented one; write `$ref: '#/components/schemas/Error'`",
        ),
        (
            "{ '200': { description: D., content: { image/png: { schema: { type: string } } } } }".to_owned(),
            "an answer of `image/png`; answer `application/json`, or a text: text/plain, text/html, text/csv",
        ),
    ];
    for (responses, expected) in cases {
        let refused = told(
            Parts {
                responses: &responses,
                ..Parts::default()
            }
            .generate(),
        );
        assert_eq!(refused, format!("test.yaml:15: {expected}"));
    }
}

#[test]
fn of_answers_that_contradict_each_other() {
    let json = "content: { application/json: { schema: { type: string } } }";
    let text = "content: { text/plain: { schema: { type: string } } }";
    let number = "content: { text/plain: { schema: { type: integer, format: int32 } } }";
    let cases = [
        (
            format!("'200': {{ description: D., {json} }}, '201': {{ description: D., {text} }}"),
            "operation `doIt` with answers of `application/json` and `text/plain`; answer one media type in all successes",
        ),
        (
            format!("'200': {{ description: D., {number} }}"),
            "an answer of `text/plain` that is not a text; write `type: string`",
        ),
        (
            format!("'200': {{ description: D. }}, '404': {{ description: D., {text} }}"),
            "an error of `text/plain`; answer `application/json`",
        ),
        (
            "'200': { description: D. }, '404': { description: D., x-is-answer: true }".to_owned(),
            "`x-is-answer` at answer `404` of operation `doIt`; leave it out; only 304 may be either",
        ),
        (
            "'200': { description: D. }, '404': { description: D., headers: { X-A: { schema: { type: string } } } }".to_owned(),
            "response header `X-A` of an error; say it in the error's body; clients read that",
        ),
        (
            "'200': { description: D., headers: [] }".to_owned(),
            "`headers` that is not a mapping; write `key: value` pairs",
        ),
        (
            "'304': { description: D., x-is-answer: true }".to_owned(),
            "operation `doIt` without a success status; document at least one status from 200 to 299",
        ),
        (
            "'200': { description: D., headers: { X-A: { description: A., schema: { type: string } } } }, \
             '201': { description: D., headers: { X-A: { description: A., schema: { type: boolean } } } }"
                .to_owned(),
            "operation `doIt` with two kinds of the response header `X-A`; give it one schema and one name",
        ),
    ];
    for (responses, expected) in cases {
        let refused = told(
            Parts {
                responses: &format!("{{ {responses} }}"),
                ..Parts::default()
            }
            .generate(),
        );
        assert_eq!(refused, format!("test.yaml:15: {expected}"), "{responses}");
    }
}

#[test]
fn of_response_headers() {
    let cases = [
        (
            "X-A: { description: A. }",
            "response header `X-A` without `schema`; add `schema`",
        ),
        (
            "X-A: { description: A., schema: { type: array, items: { type: string } } }",
            "response header `X-A` with a schema that is not a plain value; use a string, a number or a boolean",
        ),
        (
            "1-A: { description: A., schema: { type: string } }",
            "response header `1-A`, of which no Rust name can be made; begin it with a letter",
        ),
        (
            "X-A: { schema: { type: string } }",
            "a property without `description`; say in one sentence what it is",
        ),
        (
            "X-A: { description: A., style: form, schema: { type: string } }",
            "a response header with `style: form`; write `style: simple`, or leave it out",
        ),
        (
            "X-A: { description: A., content: {} }",
            "`content` in a response header; use `schema`",
        ),
    ];
    for (header, expected) in cases {
        let responses = format!("{{ '200': {{ description: D., headers: {{ {header} }} }} }}");
        let refused = told(
            Parts {
                responses: &responses,
                ..Parts::default()
            }
            .generate(),
        );
        assert_eq!(refused, format!("test.yaml:15: {expected}"), "{header}");
    }
}
