//! Files that the app was launched with (File Handling API, WICG).

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileSystemFileHandle};

use super::{attempted, report, spawn_local, window};

#[wasm_bindgen]
extern "C" {
    /// The window, with a launch queue that may be missing.
    #[wasm_bindgen(js_name = Window)]
    type LaunchWindow;

    #[wasm_bindgen(method, getter, js_name = launchQueue)]
    fn launch_queue(this: &LaunchWindow) -> Option<LaunchQueue>;

    type LaunchQueue;

    #[wasm_bindgen(method, catch, js_name = setConsumer)]
    fn set_consumer(this: &LaunchQueue, consumer: &Function) -> Result<(), JsValue>;

    type LaunchParams;

    #[wasm_bindgen(method, getter)]
    fn files(this: &LaunchParams) -> Option<Array>;
}

/// Calls `take` with the files of each launch. Most browsers lack this API.
pub fn on_launch_with_files(take: impl Fn(Vec<File>) + Clone + 'static) {
    let window = window().map(|window| JsValue::from(window).unchecked_into::<LaunchWindow>());
    let Some(queue) = window.and_then(|window| window.launch_queue()) else {
        return;
    };
    let consumer = Closure::<dyn FnMut(LaunchParams)>::new(move |launch: LaunchParams| {
        let take = take.clone();
        spawn_local(async move { take(files_of(&launch).await) });
    });
    // A consumer cannot be removed: it lives as long as the page.
    attempted(Some(queue.set_consumer(consumer.into_js_value().unchecked_ref())));
}

async fn files_of(launch: &LaunchParams) -> Vec<File> {
    let mut files = Vec::new();
    for handle in launch.files().unwrap_or_default() {
        // Ignore folders.
        let Ok(handle) = handle.dyn_into::<FileSystemFileHandle>() else {
            continue;
        };
        match JsFuture::from(handle.get_file()).await {
            Ok(file) => files.push(file.unchecked_into()),
            Err(error) => report(&error),
        }
    }
    files
}
