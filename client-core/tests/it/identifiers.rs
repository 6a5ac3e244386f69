//! Correlation ids and idempotency keys, on the wire and in results.

use client_core::testing::{Reply, ScriptedTransport};

use crate::operations::{CreateProduct, client, price, read_price};

#[tokio::test(start_paused = true)]
async fn a_correlation_id_goes_out_and_comes_back_in_answer_and_error() {
    let transport = ScriptedTransport::new([Reply::json(200, &price()), Reply::status(404)]);
    let client = client(&transport);
    let response = client
        .call(read_price())
        .correlation_id("order-4711")
        .send()
        .await
        .unwrap();
    assert_eq!(response.correlation_id(), "order-4711");
    let error = client
        .call(read_price())
        .correlation_id("order-4712")
        .await
        .unwrap_err();
    assert_eq!(error.correlation_id(), Some("order-4712"));
    let sent: Vec<_> = transport
        .requests()
        .iter()
        .map(|it| it.headers()["x-correlation-id"].clone())
        .collect();
    assert_eq!(sent, ["order-4711", "order-4712"]);
}

#[tokio::test(start_paused = true)]
async fn the_services_echo_wins_in_the_answer() {
    let transport =
        ScriptedTransport::new([Reply::json(200, &price()).with_header("x-correlation-id", "theirs")]);
    let response = client(&transport)
        .call(read_price())
        .correlation_id("ours")
        .send()
        .await
        .unwrap();
    assert_eq!(response.correlation_id(), "theirs");
}

#[tokio::test(start_paused = true)]
async fn a_correlation_id_is_made_when_none_is_given() {
    let transport = ScriptedTransport::new([Reply::json(200, &price())]);
    let response = client(&transport).call(read_price()).send().await.unwrap();
    let made: uuid::Uuid = response.correlation_id().parse().unwrap();
    assert_eq!(made.get_version_num(), 7);
    assert_eq!(
        transport.requests()[0].headers()["x-correlation-id"],
        response.correlation_id()
    );
}

#[tokio::test(start_paused = true)]
async fn an_ill_formed_correlation_id_fails_before_sending() {
    let transport = ScriptedTransport::always(Reply::json(200, &price()));
    let client = client(&transport);
    for id in ["", "a b", "a\r\nb: c", "größe", &"x".repeat(129)] {
        let error = client.call(read_price()).correlation_id(id).await.unwrap_err();
        assert!(error.is_build() && !error.may_have_been_sent(), "{id:?}");
        assert_eq!(error.correlation_id(), None);
    }
    client
        .call(read_price())
        .correlation_id("x".repeat(128))
        .await
        .unwrap();
    client
        .call(read_price())
        .correlation_id("A.b_c:d-9")
        .await
        .unwrap();
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_ill_formed_idempotency_key_fails_before_sending() {
    let transport = ScriptedTransport::always(Reply::status(201));
    let client = client(&transport);
    for key in ["", "a b", "a\nb", &"x".repeat(256)] {
        assert!(
            client
                .call(CreateProduct)
                .idempotency_key(key)
                .await
                .unwrap_err()
                .is_build(),
            "{key:?}"
        );
    }
    assert_eq!(transport.requests().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_key_that_is_made_is_a_new_uuid() {
    let transport = ScriptedTransport::always(Reply::status(201));
    client(&transport).call(CreateProduct).await.unwrap();
    let key = transport.requests()[0].headers()["idempotency-key"].clone();
    assert_eq!(
        key.to_str()
            .unwrap()
            .parse::<uuid::Uuid>()
            .unwrap()
            .get_version_num(),
        7
    );
}
