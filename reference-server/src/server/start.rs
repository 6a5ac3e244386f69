use super::address::listen;
use super::builder::ReferenceServer;
use super::error::{Error, Kind};
use super::running::{Running, Tasks};
use super::serve::serve;
use crate::auth::Tokens;
use crate::catalogue::{Catalogue, run_scheduler};
use crate::http::{App, Dependencies, Limits, router};
use crate::store::{Location, Store};
use axum::serve::ListenerExt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tokio::sync::watch;

pub(super) async fn start(server: ReferenceServer) -> Result<Running, Error> {
    check(&server)?;
    let location: Location = server
        .database
        .parse()
        .map_err(|invalid| Error::new(Kind::Database(invalid)))?;
    location
        .check()
        .map_err(|invalid| Error::new(Kind::Database(invalid)))?;
    let (listener, address) = listen(&server.listen).await?;
    let key = server.key.key().map_err(|cause| Error::new(Kind::Key(cause)))?;
    let store = Store::open(&location, server.readers)
        .await
        .map_err(|cause| Error::new(Kind::Open(server.database.clone(), cause)))?;

    let relay_config = server.relay.with_drain_timeout(server.drain_timeout);
    let relay = server
        .publish
        .map(|publish| publish.prepare(store.outbox().clone(), relay_config))
        .transpose()?;
    let waker = relay.as_ref().map(|relay| relay.waker.clone());
    let broker = relay.as_ref().map(|_| Arc::new(AtomicBool::new(true)));
    let catalogue = Catalogue::new(
        store.clone(),
        server.clock.clone(),
        server.keep_idempotency_keys,
        waker,
    );
    let tokens = Tokens::new(&key, server.clock);

    let limits = Limits {
        body: server.body_limit,
        time: server.request_timeout,
    };
    let dependencies = Dependencies {
        store: store.clone(),
        broker: broker.clone(),
    };
    let app = App::new(catalogue.clone(), limits, dependencies);
    let router = router(app, tokens.clone(), server.faults.clone());

    let (stop, stopped) = watch::channel(false);
    let relay = relay
        .zip(broker)
        .map(|(relay, runs)| tokio::spawn(relay.run(stopped.clone(), runs)));
    let scheduler = tokio::spawn(run_scheduler(catalogue.clone()));
    let listener = listener.tap_io(|connection| {
        // Without it small answers may wait for the client's acknowledgement; failing is no harm.
        let _ = connection.set_nodelay(true);
    });
    let serving = tokio::spawn(serve(listener, router, server.request_timeout, stopped));
    tracing::info!(%address, database = server.database, "the server has started");
    Ok(Running::new(
        address,
        catalogue,
        tokens,
        server.faults,
        store,
        Tasks {
            stop,
            serving,
            relay,
            scheduler,
            drain_timeout: server.drain_timeout,
        },
    ))
}

fn check(server: &ReferenceServer) -> Result<(), Error> {
    let refuse = |name, must| Err(Error::new(Kind::Setting(name, must)));
    if !(1..=64).contains(&server.readers) {
        return refuse("the number of read connections", "from 1 to 64");
    }
    if server.body_limit == 0 {
        return refuse("the body limit", "above 0 bytes");
    }
    if server.request_timeout.is_zero() {
        return refuse("the request timeout", "above 0");
    }
    if server.keep_idempotency_keys > Duration::from_secs(366 * 24 * 60 * 60) {
        return refuse("the time for which idempotency keys are kept", "at most a year");
    }
    Ok(())
}
