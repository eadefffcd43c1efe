//! Storage in the browser: IndexedDB, each write in its own transaction with strict
//! durability, so that a completed write is on disk.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction,
};

use crate::store::{Storage, StoreError, Table, Write};

const DATABASE: &str = "bon-tot";
/// All pages that are opened from files share one origin in a browser, and so its databases.
const DATABASE_OF_FILES: &str = "bon-tot-portable";
/// Raised when object stores are added; a browser that holds a higher one has a newer app's data.
const VERSION: u32 = 9;

#[wasm_bindgen]
extern "C" {
    /// `IDBDatabase` with the third argument of `transaction`, which web-sys keeps unstable.
    #[wasm_bindgen(js_name = IDBDatabase)]
    type Transactions;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Transactions,
        stores: &JsValue,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Storage in IndexedDB.
#[derive(Default)]
pub struct WebStorage {
    database: RefCell<Option<IdbDatabase>>,
}

/// The error in a value that JavaScript threw or a request holds.
fn store_error(error: &JsValue) -> StoreError {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("QuotaExceededError") => StoreError::QuotaExceeded,
        Some("VersionError") => StoreError::NewerVersion,
        Some("SecurityError") => StoreError::Unavailable,
        Some(name) => StoreError::Failed(name.to_owned()),
        None => StoreError::Failed("unknown".to_owned()),
    }
}

/// Waits until a request has its result.
async fn settle(request: &IdbRequest) -> Result<JsValue, StoreError> {
    let done = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    if JsFuture::from(done).await.is_err() {
        let error = request.error().ok().flatten();
        return Err(error.map_or(StoreError::Failed("request".into()), |e| store_error(e.as_ref())));
    }
    request.result().map_err(|error| store_error(&error))
}

/// Waits until a transaction is complete, that is, on disk.
async fn complete(transaction: &IdbTransaction) -> Result<(), StoreError> {
    let done = Promise::new(&mut |resolve: Function, reject: Function| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(done).await {
        Ok(_) => Ok(()),
        Err(_) => {
            let error = transaction.error();
            Err(error.map_or(StoreError::Failed("AbortError".into()), |e| store_error(e.as_ref())))
        }
    }
}

/// Do the settings of the browser forbid storage? Chromium then gives no reason when a database is
/// opened, but `localStorage` throws.
fn is_refused() -> bool {
    web_sys::window().is_some_and(|window| window.local_storage().is_err())
}

fn database_name() -> &'static str {
    let protocol = web_sys::window().and_then(|window| window.location().protocol().ok());
    match protocol.as_deref() {
        Some("file:") => DATABASE_OF_FILES,
        _ => DATABASE,
    }
}

impl WebStorage {
    /// The open database; opened on first use, and again after the browser closed it.
    async fn database(&self) -> Result<IdbDatabase, StoreError> {
        if let Some(database) = self.database.borrow().clone() {
            return Ok(database);
        }
        let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())
            .ok()
            .and_then(|factory| factory.dyn_into::<IdbFactory>().ok())
            .ok_or(StoreError::Unavailable)?;
        let request: IdbOpenDbRequest =
            factory.open_with_u32(database_name(), VERSION).map_err(|error| store_error(&error))?;
        let upgrade = {
            let request = request.clone();
            Closure::once_into_js(move || {
                let database = request.result().ok().and_then(|d| d.dyn_into::<IdbDatabase>().ok());
                if let Some(database) = database {
                    for table in Table::WORDS {
                        // Fails only where the store is there already, which is what is wanted;
                        // anything else aborts the upgrade, and opening reports it.
                        if database.create_object_store(table).is_err() {
                            continue;
                        }
                    }
                }
            })
        };
        request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
        let database: IdbDatabase = settle(&request)
            .await
            .map_err(|error| if is_refused() { StoreError::Unavailable } else { error })?
            .dyn_into()
            .map_err(|_| StoreError::Unavailable)?;
        // Another tab with a newer app may upgrade; this one must let go, not block it.
        let close = {
            let database = database.clone();
            Closure::<dyn FnMut()>::new(move || database.close()).into_js_value()
        };
        database.set_onversionchange(Some(close.unchecked_ref()));
        *self.database.borrow_mut() = Some(database.clone());
        Ok(database)
    }

    async fn begin(
        &self,
        table: Table,
        mode: &str,
    ) -> Result<(IdbTransaction, IdbObjectStore), StoreError> {
        let transaction = self.begin_on(&table.as_str().into(), mode).await?;
        let store = store_of(&transaction, table)?;
        Ok((transaction, store))
    }

    /// Begins a transaction on the stores of these names, one or an array of them.
    async fn begin_on(&self, names: &JsValue, mode: &str) -> Result<IdbTransaction, StoreError> {
        let options = Object::new();
        let strict = Reflect::set(&options, &"durability".into(), &"strict".into());
        strict.map_err(|error| store_error(&error))?;
        let mut tries = 0;
        loop {
            let database = self.database().await?;
            let database = database.unchecked_ref::<Transactions>();
            match database.transaction(names, mode, &options) {
                Ok(transaction) => return Ok(transaction),
                // The browser closed the connection (memory pressure, an upgrade): open it anew once.
                Err(_) if tries == 0 => {
                    tries += 1;
                    self.database.borrow_mut().take();
                }
                Err(error) => return Err(store_error(&error)),
            }
        }
    }
}

fn store_of(transaction: &IdbTransaction, table: Table) -> Result<IdbObjectStore, StoreError> {
    transaction.object_store(table.as_str()).map_err(|error| store_error(&error))
}

/// Asks for a write of a record.
fn ask(store: &IdbObjectStore, key: &str, write: Write) -> Result<(), StoreError> {
    let asked = match write {
        Write::Leave => Ok(()),
        Write::Put(text) => store.put_with_key(&text.into(), &key.into()).map(drop),
        Write::Remove => store.delete(&key.into()).map(drop),
    };
    asked.map_err(|error| store_error(&error))
}

fn texts(values: JsValue) -> Vec<String> {
    Array::from(&values).iter().map(|value| value.as_string().unwrap_or_default()).collect()
}

impl Storage for WebStorage {
    async fn list(&self, table: Table) -> Result<Vec<(String, String)>, StoreError> {
        let (_, store) = self.begin(table, "readonly").await?;
        // Both requests are made before either is awaited: a transaction without requests ends.
        let keys = store.get_all_keys().map_err(|error| store_error(&error))?;
        let values = store.get_all().map_err(|error| store_error(&error))?;
        let values = settle(&values).await?;
        let keys = keys.result().map_err(|error| store_error(&error))?;
        Ok(texts(keys).into_iter().zip(texts(values)).collect())
    }

    async fn keys(&self, table: Table) -> Result<Vec<String>, StoreError> {
        let (_, store) = self.begin(table, "readonly").await?;
        let keys = store.get_all_keys().map_err(|error| store_error(&error))?;
        settle(&keys).await.map(texts)
    }

    async fn get(&self, table: Table, key: &str) -> Result<Option<String>, StoreError> {
        let (_, store) = self.begin(table, "readonly").await?;
        let request = store.get(&key.into()).map_err(|error| store_error(&error))?;
        Ok(settle(&request).await?.as_string())
    }

    async fn put(&self, table: Table, key: &str, text: &str) -> Result<(), StoreError> {
        let (transaction, store) = self.begin(table, "readwrite").await?;
        store.put_with_key(&text.into(), &key.into()).map_err(|error| store_error(&error))?;
        complete(&transaction).await
    }

    async fn remove(&self, table: Table, key: &str) -> Result<(), StoreError> {
        let (transaction, store) = self.begin(table, "readwrite").await?;
        store.delete(&key.into()).map_err(|error| store_error(&error))?;
        complete(&transaction).await
    }

    async fn change<T>(
        &self,
        table: Table,
        key: &str,
        decide: impl FnOnce(Option<&str>) -> (Write, T),
    ) -> Result<T, StoreError> {
        let (transaction, store) = self.begin(table, "readwrite").await?;
        let request = store.get(&key.into()).map_err(|error| store_error(&error))?;
        // A promise is settled within the event of its request, while the transaction takes requests.
        let now = settle(&request).await?.as_string();
        let (write, said) = decide(now.as_deref());
        if write != Write::Leave {
            ask(&store, key, write)?;
            complete(&transaction).await?;
        }
        Ok(said)
    }

    async fn some(
        &self,
        table: Table,
        behind: Option<&str>,
        most: u32,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let (_, store) = self.begin(table, "readonly").await?;
        let range = behind.map(|key| IdbKeyRange::lower_bound_with_open(&key.into(), true));
        let range = range.transpose().map_err(|error| store_error(&error))?;
        let range = range.map_or(JsValue::UNDEFINED, JsValue::from);
        // Both requests are made before either is awaited: a transaction without requests ends.
        let keys = store.get_all_keys_with_key_and_limit(&range, most);
        let keys = keys.map_err(|error| store_error(&error))?;
        let values = store.get_all_with_key_and_limit(&range, most);
        let values = settle(&values.map_err(|error| store_error(&error))?).await?;
        let keys = keys.result().map_err(|error| store_error(&error))?;
        Ok(texts(keys).into_iter().zip(texts(values)).collect())
    }

    async fn change_all(
        &self,
        at: &[(Table, String)],
        mut decide: impl FnMut(usize, Option<&str>) -> Write,
    ) -> Result<(), StoreError> {
        if at.is_empty() {
            return Ok(());
        }
        // The browser takes a name that stands there twice for one.
        let names: Array = at.iter().map(|(table, _)| JsValue::from(table.as_str())).collect();
        let transaction = self.begin_on(&names, "readwrite").await?;
        let mut asked = Vec::with_capacity(at.len());
        for (table, key) in at {
            let store = store_of(&transaction, *table)?;
            let request = store.get(&key.into()).map_err(|error| store_error(&error))?;
            asked.push((store, request));
        }
        // The answers come in order; within the event of the last one the transaction takes requests.
        if let Some((_, last)) = asked.last() {
            settle(last).await?;
        }
        let mut writes = false;
        for (place, ((_, key), (store, request))) in at.iter().zip(&asked).enumerate() {
            let now = request.result().map_err(|error| store_error(&error))?.as_string();
            let write = decide(place, now.as_deref());
            writes |= write != Write::Leave;
            ask(store, key, write)?;
        }
        if writes { complete(&transaction).await } else { Ok(()) }
    }
}
