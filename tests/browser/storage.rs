//! IndexedDB behind [`WebStorage`]: what is put is there, for every instance; what the browser
//! refuses is an error that says so, never a panic.

use bon_tot::store::{Storage, StoreError, Table, WebStorage, Write};
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

const TEXT: &str = "{\"tên\": \"Chi bộ xóm Tân Sơn\", \"n\": \"1o\"}";

/// Runs a piece of JavaScript and waits for the promise that it gives.
async fn js(code: &str) -> JsValue {
    let value = js_sys::eval(code).unwrap();
    JsFuture::from(Promise::resolve(&value)).await.unwrap()
}

async fn keys(storage: &WebStorage, kind: Table, start: &str) -> Vec<String> {
    let records = storage.list(kind).await.unwrap().into_iter();
    let mut keys: Vec<_> = records.map(|(key, _)| key).filter(|k| k.starts_with(start)).collect();
    keys.sort();
    keys
}

#[wasm_bindgen_test]
async fn what_is_put_is_there_until_it_is_removed() {
    let storage = WebStorage::default();
    assert_eq!(storage.get(Table::Drafts, "put/1").await, Ok(None));
    storage.put(Table::Drafts, "put/1", TEXT).await.unwrap();
    assert_eq!(storage.get(Table::Drafts, "put/1").await, Ok(Some(TEXT.into())));
    storage.put(Table::Drafts, "put/1", "anew").await.unwrap();
    assert_eq!(storage.get(Table::Drafts, "put/1").await, Ok(Some("anew".into())));
    storage.put(Table::Drafts, "put/2", "").await.unwrap();
    assert_eq!(storage.get(Table::Drafts, "put/2").await, Ok(Some(String::new())));
    assert_eq!(keys(&storage, Table::Drafts, "put/").await, ["put/1", "put/2"]);
    assert!(storage.list(Table::Drafts).await.unwrap().contains(&("put/1".into(), "anew".into())));
    let all = storage.keys(Table::Drafts).await.unwrap();
    assert!(all.contains(&"put/1".to_owned()) && all.contains(&"put/2".to_owned()));
    storage.remove(Table::Drafts, "put/1").await.unwrap();
    storage.remove(Table::Drafts, "put/1").await.unwrap(); // what is not there is gone already
    assert_eq!(keys(&storage, Table::Drafts, "put/").await, ["put/2"]);
}

#[wasm_bindgen_test]
async fn a_kind_does_not_see_the_keys_of_another() {
    let storage = WebStorage::default();
    storage.put(Table::Drafts, "kind/1", "draft").await.unwrap();
    storage.put(Table::Keys, "kind/1", "key").await.unwrap();
    storage.remove(Table::Drafts, "kind/1").await.unwrap();
    assert_eq!(storage.get(Table::Drafts, "kind/1").await, Ok(None));
    assert_eq!(storage.get(Table::Keys, "kind/1").await, Ok(Some("key".into())));
}

#[wasm_bindgen_test]
async fn two_instances_see_each_others_texts() {
    let (one, other) = (WebStorage::default(), WebStorage::default());
    one.put(Table::Keys, "two/1", "one").await.unwrap();
    assert_eq!(other.get(Table::Keys, "two/1").await, Ok(Some("one".into())));
    other.put(Table::Keys, "two/1", "other").await.unwrap();
    assert_eq!(one.get(Table::Keys, "two/1").await, Ok(Some("other".into())));
}

#[wasm_bindgen_test]
async fn a_text_of_a_full_form_is_kept_whole() {
    let storage = WebStorage::default();
    let text = TEXT.repeat(40_000); // nearly 2 MiB
    storage.put(Table::Drafts, "whole", &text).await.unwrap();
    assert!(storage.get(Table::Drafts, "whole").await.unwrap().as_ref() == Some(&text));
}

/// As in a browser without IndexedDB, and in one that throws on the mere question for it.
#[wasm_bindgen_test]
async fn a_browser_without_storage_is_an_error() {
    let global: Object = js_sys::global();
    let name = JsValue::from("indexedDB");
    let own = Object::get_own_property_descriptor(&global, &name);
    for property in [
        "({ configurable: true, value: undefined })",
        "({ configurable: true, get() { throw new DOMException('no', 'SecurityError') } })",
    ] {
        let property = Object::from(js_sys::eval(property).unwrap());
        Object::define_property(&global, &name, &property);
        let storage = WebStorage::default();
        // Nothing here waits for the browser, so no other test sees the missing property.
        let listed = storage.list(Table::Drafts).await;
        let put = storage.put(Table::Drafts, "none", TEXT).await;
        Object::define_property(&global, &name, &Object::from(own.clone()));
        assert_eq!(listed, Err(StoreError::Unavailable));
        assert_eq!(put, Err(StoreError::Unavailable));
    }
    assert!(Reflect::get(&global, &name).unwrap().is_object());
    assert!(WebStorage::default().list(Table::Drafts).await.is_ok());
}

/// Another tab has a newer app, which raised the version: this one lets go, says so, and comes back
/// when it can.
#[wasm_bindgen_test]
async fn data_of_a_newer_app_is_left_alone() {
    let storage = WebStorage::default();
    storage.put(Table::Drafts, "newer/1", TEXT).await.unwrap();
    js("new Promise((done, failed) => {
        const opening = indexedDB.open('bon-tot', 99);
        opening.onsuccess = () => { opening.result.close(); done(); };
        opening.onerror = failed; // blocked until the others let go
    })")
    .await;
    for storage in [&storage, &WebStorage::default()] {
        let newer = Err(StoreError::NewerVersion);
        assert_eq!(storage.get(Table::Drafts, "newer/1").await, newer);
        let put = storage.put(Table::Drafts, "newer/1", "lost?").await;
        assert_eq!(put, Err(StoreError::NewerVersion));
    }
    let kept = js("new Promise((done, failed) => {
        const opening = indexedDB.open('bon-tot');
        opening.onerror = failed;
        opening.onsuccess = () => {
            const store = opening.result.transaction('drafts').objectStore('drafts');
            const getting = store.get('newer/1');
            getting.onerror = failed;
            getting.onsuccess = () => { opening.result.close(); done(getting.result); };
        };
    })")
    .await;
    assert_eq!(kept.as_string().as_deref(), Some(TEXT));
    js("new Promise((done, failed) => {
        const deleting = indexedDB.deleteDatabase('bon-tot');
        deleting.onsuccess = done;
        deleting.onerror = failed;
    })")
    .await;
    storage.put(Table::Drafts, "newer/2", TEXT).await.unwrap();
    assert_eq!(storage.get(Table::Drafts, "newer/2").await, Ok(Some(TEXT.into())));
}

/// The tables of the desk came with versions 6 and 7: what an earlier version kept is there beside them.
#[wasm_bindgen_test]
async fn the_data_of_an_earlier_version_stays_when_tables_are_added() {
    js("new Promise((done, failed) => {
        const deleting = indexedDB.deleteDatabase('bon-tot');
        deleting.onerror = failed;
        deleting.onsuccess = () => {
            const opening = indexedDB.open('bon-tot', 5);
            opening.onerror = failed;
            opening.onupgradeneeded = () => {
                const stores = ['drafts', 'keys', 'deleted', 'history', 'trust', 'appraised', 'clock'];
                for (const store of stores) opening.result.createObjectStore(store);
            };
            opening.onsuccess = () => {
                const writing = opening.result.transaction('drafts', 'readwrite');
                writing.objectStore('drafts').put('of version 5', 'old/1');
                writing.oncomplete = () => { opening.result.close(); done(); };
            };
        };
    })")
    .await;
    let storage = WebStorage::default();
    assert_eq!(storage.get(Table::Drafts, "old/1").await, Ok(Some("of version 5".into())));
    storage.put(Table::Received, "new/1", TEXT).await.unwrap();
    assert_eq!(storage.get(Table::Received, "new/1").await, Ok(Some(TEXT.into())));
    storage.remove(Table::Received, "new/1").await.unwrap();
    storage.put(Table::Units, "list", TEXT).await.unwrap();
    assert_eq!(storage.get(Table::Units, "list").await, Ok(Some(TEXT.into())));
    storage.remove(Table::Units, "list").await.unwrap();
    for table in [Table::Answers, Table::Opinions] {
        storage.put(table, "new/2", TEXT).await.unwrap();
        assert_eq!(storage.get(table, "new/2").await, Ok(Some(TEXT.into())));
        storage.remove(table, "new/2").await.unwrap();
    }
}

#[wasm_bindgen_test]
async fn several_records_are_changed_together_and_read_in_parts() {
    let storage = WebStorage::default();
    let at: Vec<_> = [Table::Received, Table::Texts]
        .into_iter()
        .flat_map(|table| (0..5).map(move |n| (table, format!("many/{n}"))))
        .collect();
    let put = |place: usize, now: Option<&str>| {
        assert_eq!(now, None);
        if place == 3 { Write::Leave } else { Write::Put(format!("text {place}")) }
    };
    storage.change_all(&at, put).await.unwrap();
    let first = storage.some(Table::Received, None, 3).await.unwrap();
    let found: Vec<_> = first.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(found, ["many/0", "many/1", "many/2"]);
    let rest = storage.some(Table::Received, Some("many/2"), 3).await.unwrap();
    assert_eq!(rest, [("many/4".to_owned(), "text 4".to_owned())]);
    assert_eq!(storage.some(Table::Received, Some("many/4"), 3).await, Ok(Vec::new()));
    storage.change_all(&at, |_, _| Write::Remove).await.unwrap();
    assert_eq!(storage.keys(Table::Texts).await, Ok(Vec::new()));
    storage.change_all(&[], |_, _| Write::Remove).await.unwrap();
}
