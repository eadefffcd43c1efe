//! Files and folders that are dropped on the page.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File};

#[wasm_bindgen]
extern "C" {
    /// The event of a drop.
    type DropEvent;
    #[wasm_bindgen(method, getter, js_name = dataTransfer)]
    fn transfer(this: &DropEvent) -> Option<Transfer>;

    type Transfer;
    #[wasm_bindgen(method, getter)]
    fn items(this: &Transfer) -> JsValue;

    type Item;
    #[wasm_bindgen(method, catch, js_name = webkitGetAsEntry)]
    fn entry(this: &Item) -> Result<Option<Entry>, JsValue>;

    /// A file or a folder (File and Directory Entries API).
    #[derive(Clone)]
    type Entry;
    #[wasm_bindgen(method, getter, js_name = isDirectory)]
    fn is_folder(this: &Entry) -> bool;
    #[wasm_bindgen(method, getter, js_name = fullPath)]
    fn path(this: &Entry) -> String;
    #[wasm_bindgen(method, js_name = createReader)]
    fn reader(this: &Entry) -> Reader;
    #[wasm_bindgen(method)]
    fn file(this: &Entry, found: &Function, failed: &Function);

    type Reader;
    #[wasm_bindgen(method, js_name = readEntries)]
    fn read(this: &Reader, found: &Function, failed: &Function);
}

/// What was dropped; folders are not read yet.
pub struct Dropped(Vec<Entry>);

/// Lets files be dropped where this event is.
pub fn accept_drop(event: &Event) {
    event.prevent_default();
}

/// What an event drops. It is told only while the event lasts.
pub fn dropped(event: &Event) -> Dropped {
    event.prevent_default();
    let items = event.unchecked_ref::<DropEvent>().transfer().map(|transfer| transfer.items());
    let items = items.map(|items| Array::from(&items)).unwrap_or_default();
    let entries = items.iter().filter_map(|item| item.unchecked_ref::<Item>().entry().ok()?);
    Dropped(entries.collect())
}

impl Dropped {
    /// Every file, with the folders in which it is; and how many could not be read.
    pub async fn files(self) -> (Vec<(String, File)>, usize) {
        let mut left = self.0;
        left.reverse();
        let (mut found, mut unread) = (Vec::new(), 0);
        while let Some(entry) = left.pop() {
            if entry.is_folder() {
                let reader = entry.reader();
                // A browser tells a hundred at a time.
                loop {
                    let some = asked(|found, failed| reader.read(found, failed)).await;
                    let some = some.map(|some| Array::from(&some));
                    match some {
                        Ok(some) if some.length() == 0 => break,
                        Ok(some) => left.extend(some.iter().map(Entry::unchecked_from_js)),
                        Err(_) => {
                            unread += 1;
                            break;
                        }
                    }
                }
            } else {
                match asked(|found, failed| entry.file(found, failed)).await {
                    Ok(file) => {
                        let path = entry.path();
                        found
                            .push((path.trim_start_matches('/').to_owned(), file.unchecked_into()));
                    }
                    Err(_) => unread += 1,
                }
            }
        }
        (found, unread)
    }
}

/// The answer to a question with two callbacks.
async fn asked(ask: impl Fn(&Function, &Function)) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::new(&mut |found, failed| ask(&found, &failed))).await
}
