use std::time::Duration;

use resilience::{Deadline, ErrorKind, time};
use resilience_reqwest::{find, is_timeout};

use crate::script::{Act, Server, URL, answer, middleware};

#[tokio::test(start_paused = true)]
async fn an_attempt_that_hangs_is_cut_off_and_repeated() {
    let server = Server::new([Act::Hang, answer(200)]);
    let response = server.client(middleware()).get(URL).send().await.unwrap();

    assert_eq!(response.status(), 200);
    let seen = server.seen();
    assert_eq!(seen[1].at - seen[0].at, Duration::from_millis(2_100));
}

#[tokio::test(start_paused = true)]
async fn the_callers_deadline_ends_the_call_when_it_is_the_stricter_one() {
    let server = Server::new([Act::Hang]);
    let begin = time::now();
    let get = server.client(middleware()).get(URL);
    let deadline = Deadline::after(Duration::from_millis(700));
    let error = get.with_extension(deadline).send().await.unwrap_err();

    assert_eq!(find(&error).unwrap().kind, ErrorKind::DeadlineExceeded);
    assert!(is_timeout(&error));
    let spent = time::now() - begin;
    assert!(
        spent >= Duration::from_millis(700) && spent <= Duration::from_millis(702),
        "{spent:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_policys_overall_timeout_holds_without_a_deadline_and_against_a_later_one() {
    let begin = time::now();
    for later in [false, true] {
        let server = Server::new([Act::Hang, Act::Hang, Act::Hang, Act::Hang]);
        let mut get = server.client(middleware()).get(URL);
        if later {
            get = get.with_extension(Deadline::after(Duration::from_secs(3_600)));
        }
        let error = get.send().await.unwrap_err();
        assert!(is_timeout(&error));
    }
    assert!(time::now() - begin <= Duration::from_secs(20));
}

#[tokio::test(start_paused = true)]
async fn the_deadline_of_the_task_holds_too() {
    let server = Server::new([Act::Hang]);
    let begin = time::now();
    let get = server.client(middleware()).get(URL).send();
    let error = Deadline::after(Duration::from_millis(300))
        .scope(get)
        .await
        .unwrap_err();

    assert_eq!(find(&error).unwrap().kind, ErrorKind::DeadlineExceeded);
    assert!(time::now() - begin <= Duration::from_millis(302));
}

#[tokio::test(start_paused = true)]
async fn the_server_is_told_how_long_an_attempt_has_if_it_is_to_be() {
    for (middleware, told) in [
        (middleware(), None),
        (middleware().with_deadline_header(), Some("2000")),
    ] {
        let server = Server::answering([200]);
        server.client(middleware).get(URL).send().await.unwrap();
        let seen = server.seen();
        let header = seen[0].headers.get(Deadline::HEADER);
        assert_eq!(header.map(|value| value.to_str().unwrap()), told);
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_not_read_by_the_deadline_is_a_timeout() {
    let server = Server::new([Act::Head(http::Response::builder())]);
    let client = server.client(middleware());

    let begin = time::now();
    let error = client.get(URL).send().await.unwrap().bytes().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(time::now() - begin <= Duration::from_millis(10_002));
}

#[tokio::test(start_paused = true)]
async fn a_failure_whose_body_never_comes_is_a_failure_all_the_same() {
    let later = || Act::Head(http::Response::builder().status(503).header("retry-after", "3"));
    let server = Server::new([later(), answer(200), later()]);
    let client = server.client(middleware());
    assert_eq!(client.get(URL).send().await.unwrap().status(), 200);
    let seen = server.seen();
    let between = seen[1].at - seen[0].at;
    assert!(
        between >= Duration::from_secs(3) && between <= Duration::from_millis(3_200),
        "{between:?}"
    );

    let hurried = client
        .get(URL)
        .with_extension(Deadline::after(Duration::from_secs(1)));
    let response = hurried.send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (503, &"3".parse().unwrap())
    );
}
