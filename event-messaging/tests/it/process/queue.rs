//! The queues of a server, and what clients notice of it and of each other.

use super::{Folder, TOPIC, declare, exists, of_key, take};
use crate::support::message;
use event_messaging::{Delivery, Outcome, Publisher, Received, Source};
use std::time::Duration;

#[tokio::test]
async fn a_message_crosses_the_socket_whole() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    client.declare_queue("q", 10).await.unwrap();
    client.bind("q", TOPIC, "product.#").await.unwrap();
    let mut sent = message("p", 1);
    sent.headers
        .insert("traceparent".to_owned(), "00-ab-cd-01".to_owned());
    assert_eq!(
        client.publisher().publish(vec![sent.clone()]).await,
        [Outcome::Sent]
    );
    let mut consumer = client.consumer("q", 1);
    let delivery = consumer.recv().await.unwrap().unwrap();
    assert_eq!(delivery.message(), &sent);
    assert_eq!(delivery.header("traceparent"), Some("00-ab-cd-01"));
    assert!(!delivery.is_redelivered());
    drop(delivery);
    let again = consumer.recv().await.unwrap().unwrap();
    assert_eq!((again.is_redelivered(), again.deliveries()), (true, 1));
    again.ack().await.unwrap();
    while client.depth("q").await.unwrap() != (0, 0) {}
}

#[tokio::test]
async fn outcomes_and_refusals_are_those_of_the_broker() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    assert!(
        client
            .bind("nowhere", TOPIC, "#")
            .await
            .unwrap_err()
            .to_string()
            .contains("nowhere")
    );
    let publisher = client.publisher();
    assert_eq!(publisher.publish(of_key("p", 1..=1)).await, [Outcome::Unroutable]);
    declare(&client, 1).await;
    let batch = (1..=2_500).map(|number| message("p", number)).collect();
    let outcomes = publisher.publish(batch).await;
    assert_eq!(
        outcomes,
        [Outcome::Sent; 2_500],
        "a batch beyond the window goes in pieces"
    );
    assert!(client.consumer("none", 1).recv().await.unwrap_err().is_deleted());
    let mut consumer = client.consumer("q", 1);
    for sequence in 1..=2_500 {
        assert_eq!(take(&mut consumer).await, format!("p#{sequence}"));
    }
    client.delete_queue("q").await.unwrap();
    assert!(consumer.recv().await.unwrap_err().is_deleted());
}

#[tokio::test]
async fn a_full_queue_pushes_the_publisher_back() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    client.declare_queue("q", 1).await.unwrap();
    client.bind("q", TOPIC, "#").await.unwrap();
    let publisher = client.publisher();
    assert_eq!(
        publisher.publish(of_key("p", 1..=2)).await,
        [Outcome::Sent, Outcome::Nacked]
    );
}

#[tokio::test]
async fn without_a_server_a_publisher_answers_that_it_does_not_know() {
    let folder = Folder::new();
    let publisher = folder
        .client()
        .publisher()
        .with_answer_within(Duration::from_millis(50));
    assert_eq!(publisher.publish(of_key("p", 1..=2)).await, [Outcome::Unknown; 2]);
}

#[tokio::test]
async fn what_a_killed_consumer_held_comes_back_in_its_old_places() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    declare(&client, 1).await;
    let outcomes = client.publisher().publish(of_key("p", 1..=5)).await;
    assert_eq!(outcomes, [Outcome::Sent; 5]);
    let consumer = folder.process("process::part_consumer");
    exists(&folder.0.join("held")).await;
    let mut heir = client.consumer("q", 10);
    consumer.kill();
    for sequence in 1..=5 {
        assert_eq!(take(&mut heir).await, format!("p#{sequence}"));
    }
}

#[tokio::test]
async fn a_consumer_that_goes_gives_back_what_it_had_not_given_out() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    declare(&client, 1).await;
    client.publisher().publish(of_key("p", 1..=5)).await;
    let mut going = client.consumer("q", 4);
    let first = going.recv().await.unwrap().unwrap();
    drop(going);
    let mut heir = client.consumer("q", 4);
    first.ack().await.expect("it is still its own");
    for sequence in 2..=5 {
        assert_eq!(take(&mut heir).await, format!("p#{sequence}"));
    }
}
