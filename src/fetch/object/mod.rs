//! Plans and states in object stores and on servers: `s3://`, `gs://`, `az://` and `https://` addresses, read with the
//! credentials that each cloud's own tools take from the environment.
//!
//! Nothing is asked for unless an address is given. Inside is the crate's asynchronous code beside [`crate::publish`]:
//! a runtime on the calling thread, behind functions that wait.

mod address;
mod said;
mod settings;
mod store;

use std::future::Future;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::StreamExt as _;
use object_store::ObjectMeta;
use object_store::ObjectStoreExt as _;
use object_store::path::Path;
use tokio::runtime::{Builder, Runtime};

pub use address::is_url;

use crate::input;
use crate::model::Problem;
use address::{Address, What};
use store::Store;

/// How long one object or one listing takes, tries and all.
const LONGEST: Duration = Duration::from_secs(600);
/// How many objects a prefix or a pattern stands for at most.
const MOST_OBJECTS: usize = 200_000;
/// Of longer objects the first bytes are read before the rest, to know what they are.
const LONG: u64 = 4 << 20;
/// How many first bytes.
const HEAD: u64 = 64 << 10;

/// Reads objects; nothing is set up before the first.
#[derive(Default)]
pub struct Objects {
    runtime: OnceLock<Runtime>,
}

/// One object of a store.
pub struct Object {
    store: Arc<Store>,
    path: Path,
    /// Its address, without what may be secret in it.
    pub label: String,
    /// How many bytes it has, where a listing said so.
    pub size: u64,
    /// Whether a listing gave it: then its content tells whether it is a plan or a state.
    is_listed: bool,
}

impl Objects {
    /// The objects that an address means: itself, or what a prefix or a pattern stands for, in order of their paths.
    pub fn find(&self, url: &str) -> Result<Vec<Object>, Problem> {
        let address = Address::parse(url)?;
        let store = Arc::new(Store::of(&address)?);
        let object = |path: Path, label: String, size: u64, is_listed: bool| Object {
            store: Arc::clone(&store),
            path,
            label,
            size,
            is_listed,
        };
        if let What::Object(path) = &address.what {
            return Ok(vec![object(path.clone(), address.label.clone(), 0, false)]);
        }
        let listed = self.wait(&address.label, self::list(&store, &address))??;
        let mut found: Vec<Object> = listed
            .into_iter()
            .map(|meta| {
                let label = address.label_of(&meta.location);
                object(meta.location, label, meta.size, true)
            })
            .collect();
        found.sort_by(|left, right| left.path.cmp(&right.path));
        if found.is_empty() {
            return Err(said::no_match(&address.label));
        }
        Ok(found)
    }

    /// The bytes of an object; `None` of one that a listing gave and that is neither a plan nor a state.
    pub fn load(&self, object: &Object) -> Result<Option<Vec<u8>>, Problem> {
        self.wait(&object.label, load(object))?
    }

    /// Waits for something, not for ever.
    fn wait<T>(&self, label: &str, work: impl Future<Output = T>) -> Result<T, Problem> {
        let runtime = match self.runtime.get() {
            Some(runtime) => runtime,
            None => {
                let made = Builder::new_current_thread().enable_all().build();
                let made = made.map_err(|error| said::no_runtime(&error))?;
                self.runtime.get_or_init(|| made)
            }
        };
        let limited = async { tokio::time::timeout(LONGEST, work).await };
        runtime.block_on(limited).map_err(|_| said::too_slow(label))
    }
}

/// What a prefix or a pattern stands for.
async fn list(store: &Store, address: &Address) -> Result<Vec<ObjectMeta>, Problem> {
    store.check_credentials(&address.label).await?;
    let prefix = address.prefix();
    let mut pages = store.objects.list(prefix.as_ref());
    let mut found = Vec::new();
    let mut seen = 0;
    while let Some(meta) = pages.next().await {
        let meta = meta.map_err(|error| said::failed(&address.label, store.kind, &error))?;
        seen += 1;
        if seen > MOST_OBJECTS {
            return Err(input::too_many(&address.label));
        }
        if meta.size > 0 && address.takes(&meta.location) {
            found.push(meta);
        }
    }
    Ok(found)
}

async fn load(object: &Object) -> Result<Option<Vec<u8>>, Problem> {
    let Object { store, path, label, size, is_listed } = object;
    store.check_credentials(label).await?;
    let failed = |error: object_store::Error| said::failed(label, store.kind, &error);
    if *is_listed && *size > LONG {
        let head = store.objects.get_range(path, 0..HEAD).await.map_err(failed)?;
        if !input::is_document(&head) && !head.trim_ascii_start().starts_with(b"{") {
            return Ok(None);
        }
    }
    let answer = store.objects.get(path).await.map_err(failed)?;
    if answer.meta.size > input::MOST_BYTES {
        return Err(said::too_large(label));
    }
    let bytes = Vec::from(answer.bytes().await.map_err(failed)?);
    Ok((!is_listed || input::is_document(&bytes)).then_some(bytes))
}
