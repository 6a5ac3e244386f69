//! Everything that runs during a run: the Product Service, the Order Service, and the queue between them.

use crate::data_folder::DataFolder;
use crate::failure::Failure;
use crate::order_service::store::Store;
use crate::order_service::{OrderService, client, consumer};
use crate::plan::Item;
use crate::product_service::ProductService;
use crate::progress::Progress;
use crate::stop::Stop;
use event_messaging::memory::Broker;
use product_client::{Event, ProductClient};
use tokio::task::JoinHandle;

/// Both services, up and joined.
#[derive(Debug)]
pub struct Stage {
    /// The Product Service.
    pub product_service: ProductService,
    /// The Order Service.
    pub service: OrderService,
    /// How the Order Service calls the Product Service.
    pub client: ProductClient,
    /// The Order Service's database.
    pub store: Store,
    consumer: JoinHandle<Result<(), Failure>>,
    consumer_stop: Stop,
}

impl Stage {
    /// Starts both. The Order Service's queue is bound before the Product Service has anything to say.
    ///
    /// # Errors
    ///
    /// When a port or a database cannot be had.
    pub async fn set(data: &DataFolder, seed: u64, progress: &Progress) -> Result<Self, Failure> {
        let broker = Broker::new();
        let queue = consumer::bind(&broker)?;
        let product_service = ProductService::start(&data.catalogue(), seed, broker.clone()).await?;
        let store = Store::create(&data.orders()).await?;
        let told = progress.clone();
        let token = product_service.reader_token();
        let client = client::connect(&product_service.base_url(), &token, move |event| {
            tell(&told, event);
        })?;
        let service = OrderService::new(client.clone(), store.clone());
        let consumer_stop = Stop::new();
        let (projection, stopped) = (service.projection().clone(), consumer_stop.clone());
        let consumer = tokio::spawn(consumer::consume(queue, broker, projection, async move {
            stopped.requested().await;
        }));
        Ok(Self {
            product_service,
            service,
            client,
            store,
            consumer,
            consumer_stop,
        })
    }

    /// What can be bought now, as the projection knows it.
    ///
    /// # Errors
    ///
    /// When nothing can.
    pub async fn assortment(&self) -> Result<Vec<Item>, Failure> {
        let known = self.service.projection().variants().await?;
        let items: Vec<Item> = known
            .into_iter()
            .filter(|variant| variant.purchasable())
            .filter_map(|variant| {
                let (price, _) = variant.price?;
                Some(Item {
                    sku: variant.sku,
                    variant_id: variant.id,
                    product_id: variant.product_id,
                    price,
                })
            })
            .collect();
        if items.is_empty() {
            return Err(Failure::new(
                "the catalogue has nothing that can be bought; give one with published products that have prices",
            ));
        }
        Ok(items)
    }

    /// Stops everything, finishing what was begun.
    ///
    /// # Errors
    ///
    /// When something did not end well.
    pub async fn strike(self) -> Result<(), Failure> {
        self.product_service.shutdown().await?;
        self.consumer_stop.request();
        self.consumer
            .await
            .map_err(|cause| Failure::because("the consumer of product events died", cause))??;
        self.store.close().await;
        Ok(())
    }
}

fn tell(progress: &Progress, event: &Event<'_>) {
    let Event::Policy { event, .. } = event else {
        return;
    };
    match event {
        resilience::event::Event::BreakerOpened { reason, .. } => {
            progress.say(format!("circuit opened: {reason}"));
        }
        resilience::event::Event::BreakerClosed { .. } => progress.say("circuit closed"),
        _ => {}
    }
}
