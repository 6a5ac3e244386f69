use http::Extensions;
use resilience::Attempt;

use crate::script::{Mark, Server, URL, middleware};

#[tokio::test(start_paused = true)]
async fn middleware_behind_learns_which_attempt_it_is() {
    let server = Server::answering([503, 503, 200]);
    server.client(middleware()).get(URL).send().await.unwrap();

    let numbers: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.attempt.unwrap().number)
        .collect();
    assert_eq!(numbers, [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn no_attempt_finds_what_an_earlier_one_left_and_the_last_ones_are_kept() {
    let server = Server::answering([503, 200]);
    let client = server.client(middleware());
    let mut extensions = Extensions::new();
    let request = client.get(URL).build().unwrap();
    client
        .execute_with_extensions(request, &mut extensions)
        .await
        .unwrap();

    assert!(server.seen().iter().all(|seen| !seen.leftover));
    assert!(extensions.get::<Mark>().is_some());
    assert_eq!(extensions.get::<Attempt>().unwrap().number, 2);
}
