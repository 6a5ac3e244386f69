//! What a part does in its process.

use super::brake::{Brake, Place};
use super::handler::Effects;
use super::hooked::{Hooked, Switch};
use super::process::{Role, SAYS};
use super::watched::{Handed, Watched};
use super::{DEAD_LETTERS, Database, Intake, Transport, rig, write};
use event_messaging::{DeadLetterExchange, Relay};
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::watch;

/// Does what the process that started this one wants of it; nothing, when nobody has started it for that.
///
/// This is the body of the ignored test `part` that [`fault_suite!`](crate::fault_suite) makes.
///
/// # Panics
///
/// When it is told what it does not understand.
pub fn run_part<T: Transport, D: Database>() {
    let Some(folder) = std::env::var_os("CONFORMANCE_FOLDER").map(PathBuf::from) else {
        return;
    };
    let said = |name: &str| std::env::var(name).unwrap_or_default();
    let (role, name) = (said("CONFORMANCE_ROLE"), said("CONFORMANCE_NAME"));
    let brake = Brake::maybe_at(Place::named(&said("CONFORMANCE_HOLD")));
    super::run::block_on(async move {
        let stop = listen(brake.clone());
        tokio::spawn(tell(brake.clone()));
        let (transport, database) = (T::attach(&folder).await, D::open(&folder).await);
        match [Role::Writer, Role::Relay, Role::Consumer]
            .into_iter()
            .find(|known| known.name() == role)
        {
            Some(Role::Writer) => {
                let outbox = database.outbox();
                write::event(&database, &outbox, &name, super::EXCHANGE, &brake).await;
            }
            Some(Role::Relay) => relay(&transport, &database, brake, stop).await,
            Some(Role::Consumer) => consumer(&transport, &database, &name, brake, stop).await,
            None => panic!("no part is called `{role}`"),
        }
        say("ended");
    });
}

async fn relay<T: Transport, D: Database>(
    transport: &T,
    database: &D,
    brake: Brake,
    mut stop: watch::Receiver<bool>,
) {
    let publisher = Watched::new(transport.publisher(), Handed::default(), brake.clone());
    let store = Hooked::new(database.outbox(), Switch::default(), brake);
    // Others wait for the lease when this process is killed; a call takes less even on a loaded machine.
    let config = rig::relay_config()
        .with_lease(Duration::from_secs(8))
        .with_publish_timeout(Duration::from_secs(4));
    let relay = Relay::new(store, publisher, config).expect("the configuration is right");
    relay
        .run(async move {
            let _ = stop.wait_for(|stop| *stop).await;
        })
        .await;
}

async fn consumer<T: Transport, D: Database>(
    transport: &T,
    database: &D,
    name: &str,
    brake: Brake,
    mut stop: watch::Receiver<bool>,
) {
    let inbox = Hooked::new(database.inbox(), Switch::default(), brake.clone());
    let dead_letters = DeadLetterExchange::new(transport.publisher(), DEAD_LETTERS);
    let config = rig::consumer_config();
    let intake = transport.intake(config.prefetch);
    let (control, run) = intake
        .consume(Effects::<D>::new(name, brake), dead_letters, inbox, config)
        .expect("the configuration is right");
    say("runs");
    tokio::spawn(async move {
        let _ = stop.wait_for(|stop| *stop).await;
        control.drain();
    });
    let counts = run.await.expect("nobody deletes what this part reads");
    say(&format!("counts {} {}", counts.handled, counts.duplicates));
}

/// Follows what stands in the input: a word a line. When it ends, so has the test, and so does this process.
fn listen(brake: Brake) -> watch::Receiver<bool> {
    let (stop, stopped) = watch::channel(false);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            match line.as_str() {
                "go" => brake.release(),
                "stop" => {
                    stop.send_replace(true);
                }
                _ => {}
            }
        }
        std::process::exit(1);
    });
    stopped
}

/// Tells the process that started this one when somebody has stopped at the brake.
async fn tell(brake: Brake) {
    brake.reached().await;
    say("stopped");
}

pub(super) fn say(words: &str) {
    println!("{SAYS}{words}");
}
