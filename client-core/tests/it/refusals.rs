//! The service's own words, when it said no.

use std::error::Error as _;

use client_core::http::StatusCode;
use client_core::testing::{Reply, ScriptedTransport};

use crate::operations::{client, read_price};

#[tokio::test(start_paused = true)]
async fn the_documented_error_body_is_read() {
    let body = serde_json::json!({
        "error": "ValidationError", "message": "limit is out of range", "statusCode": 400,
        "details": {"limit": "must be 1 to 100", "page": 0}, "correlationId": "order-9",
    });
    let transport = ScriptedTransport::new([Reply::json(400, &body)]);
    let error = client(&transport).call(read_price()).await.unwrap_err();
    let answer = error.api().unwrap();
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        (&*answer.error, &*answer.message),
        ("ValidationError", "limit is out of range")
    );
    assert_eq!(answer.details["limit"], "must be 1 to 100");
    assert_eq!(answer.details["page"], "0");
    assert_eq!(answer.correlation_id.as_deref(), Some("order-9"));
    assert!(error.is_api() && !error.is_unavailable() && error.source().is_none());
    assert_eq!(
        error.to_string(),
        "readPrice was answered with status 400 Bad Request"
    );
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_not_the_documented_one_still_gives_the_status() {
    let bodies: [Vec<u8>; 5] = [
        Vec::new(),
        b"<html>Bad Gateway</html>".to_vec(),
        b"[1, 2]".to_vec(),
        b"{\"error\": 7, \"details\": [1]}".to_vec(),
        vec![b'"'; 100_000],
    ];
    for body in bodies {
        let transport = ScriptedTransport::new([Reply::status(404).with_body(body)]);
        let error = client(&transport).call(read_price()).await.unwrap_err();
        let answer = error.api().unwrap();
        assert_eq!(
            (answer.status, &*answer.error, &*answer.message),
            (StatusCode::NOT_FOUND, "", "")
        );
        assert!(answer.details.is_empty());
        assert!(error.is_not_found());
    }
}

#[tokio::test(start_paused = true)]
async fn predicates_name_the_usual_refusals() {
    let error_of = async |status| {
        let transport = ScriptedTransport::always(Reply::status(status).with_header("retry-after", "60"));
        client(&transport).call(read_price()).await.unwrap_err()
    };
    assert!(error_of(304).await.is_not_modified());
    assert!(!error_of(304).await.is_unavailable());
    assert!(error_of(401).await.is_denied() && error_of(403).await.is_denied());
    assert!(error_of(404).await.is_not_found());
    assert!(error_of(429).await.is_throttled());
    assert_eq!(error_of(404).await.operation(), "readPrice");
}

#[tokio::test(start_paused = true)]
async fn a_redirect_is_an_answer_and_not_followed() {
    let moved = Reply::status(307).with_header("location", "https://elsewhere.test/");
    let transport = ScriptedTransport::new([moved]);
    let error = client(&transport).call(read_price()).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
    assert_eq!(transport.requests().len(), 1);
}
