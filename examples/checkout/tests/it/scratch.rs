use checkout::data_folder::DataFolder;
use checkout::order_service::store::Store;

/// A store in a folder of its own that goes with it.
pub(crate) struct Scratch {
    pub(crate) store: Store,
    _folder: DataFolder,
}

impl Scratch {
    pub(crate) async fn new() -> Self {
        let folder = DataFolder::temporary().unwrap();
        Self {
            store: Store::create(&folder.orders()).await.unwrap(),
            _folder: folder,
        }
    }
}
