//! The system's share sheet (Web Share, W3C). Closing it is not an error.

use js_sys::Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FilePropertyBag, ShareData};

use super::attempted;
use super::files::blob_parts;
use super::navigator::navigator;

fn file_data(name: &str, text: &str) -> Option<ShareData> {
    let options = FilePropertyBag::new();
    options.set_type("application/json");
    let file = File::new_with_str_sequence_and_options(&blob_parts(text), name, &options).ok()?;
    let data = ShareData::new();
    data.set_files(&Array::of1(&file));
    Some(data)
}

/// Can the system's share sheet take a file of this kind?
pub fn can_share(name: &str, text: &str) -> bool {
    navigator()
        .zip(file_data(name, text))
        .is_some_and(|(navigator, data)| navigator.can_share(&data).unwrap_or(false))
}

/// Opens the system's share sheet with a file.
pub async fn share(name: &str, text: &str) {
    if let Some(data) = file_data(name, text) {
        open_sheet(&data).await;
    }
}

/// Can the system's share sheet take a link?
pub fn can_send() -> bool {
    navigator().is_some_and(|navigator| navigator.share_method().is_some())
}

/// Opens the system's share sheet with a link.
pub async fn send(url: &str) {
    let data = ShareData::new();
    data.set_url(url);
    open_sheet(&data).await;
}

async fn open_sheet(data: &ShareData) {
    // Without a share sheet there is no button for this.
    if let Some(promise) = navigator().and_then(|navigator| navigator.share(data).ok()) {
        attempted(Some(JsFuture::from(promise).await));
    }
}
