//! The default transport, end to end against servers of raw TCP that misbehave.

use std::time::Duration;

use product_client::ProductClient;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::samples::{price, product_id, variant_id};

/// Answers each connection with the next of these bytes, and the last one for ever; then closes.
async fn server(answers: Vec<Vec<u8>>) -> ProductClient {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut served = 0;
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answers[served.min(answers.len() - 1)].clone();
            served += 1;
            tokio::spawn(async move {
                let mut request = [0; 8192];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(&answer).await;
            });
        }
    });
    ProductClient::builder(format!("http://{address}/api/v1"))
        .build()
        .unwrap()
}

fn answer(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .into()
}

#[tokio::test]
async fn an_answer_cut_off_is_asked_for_again() {
    let whole = answer("200 OK", &price().to_string());
    let half = whole[..whole.len() / 2].to_vec();
    let response = server(vec![half, whole])
        .await
        .get_variant_price(variant_id())
        .send()
        .await
        .unwrap();
    assert_eq!(response.attempts(), 2);
    assert_eq!(response.value().current_price.to_string(), "89.90");
}

#[tokio::test]
async fn a_gateways_page_in_place_of_the_answer_is_understood_as_such() {
    let client = server(vec![
        answer("502 Bad Gateway", "<html></html>"),
        answer("200 OK", "<html></html>"),
    ])
    .await;
    let error = client.get_variant_price(variant_id()).await.unwrap_err();
    assert!(error.is_decode() && error.is_unavailable());
    assert_eq!(error.attempts(), 2);
}

#[tokio::test]
async fn garbage_is_a_lost_connection() {
    let error = server(vec![b"\x16\x03\x01\x02\x00".to_vec()])
        .await
        .delete_product(product_id())
        .timeout(Duration::from_secs(3))
        .await
        .unwrap_err();
    assert!(error.is_transport() && error.may_have_been_sent(), "{error:?}");
}

#[tokio::test]
async fn nobody_there_is_no_connection() {
    let client = ProductClient::builder("http://127.0.0.1:1/api/v1")
        .build()
        .unwrap();
    let error = client.get_variant_price(variant_id()).await.unwrap_err();
    assert!(error.is_connect() && !error.may_have_been_sent());
    assert_eq!(error.attempts(), 4);
}
