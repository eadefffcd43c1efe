//! Files: choosing, reading and downloading.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
pub use web_sys::File;
use web_sys::{Blob, BlobPropertyBag, Event, HtmlAnchorElement, HtmlInputElement, Url};

use super::{attempted, document, later};

/// Milliseconds after which the object URL of a download is revoked.
const DOWNLOAD_TIME: i32 = 60_000;

/// A text as the parts of a `Blob` or a `File`.
pub(super) fn blob_parts(text: &str) -> Array {
    Array::of1(&JsValue::from_str(text))
}

/// Downloads a text as a file; fails with the browser's error.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    download_as(name, "application/json", &blob_parts(text))
}

/// Downloads bytes in JavaScript memory as a file of a type; fails with the browser's error.
pub fn download_bytes(name: &str, kind: &str, bytes: &JsValue) -> Result<(), JsValue> {
    download_as(name, kind, &Array::of1(bytes))
}

pub(super) fn download_as(name: &str, kind: &str, parts: &Array) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = document().ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // A started download no longer needs the URL.
    later(DOWNLOAD_TIME, move || attempted(Some(Url::revoke_object_url(&url))));
    Ok(())
}

/// Takes the chosen files of an input and clears the input.
pub fn chosen_files(event: &Event) -> Vec<File> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let files = input.as_ref().and_then(HtmlInputElement::files);
    let files = files.map(|files| (0..).map_while(|place| files.get(place)).collect());
    if let Some(input) = input {
        input.set_value("");
    }
    files.unwrap_or_default()
}

/// The name of a file, with the folders in which it was chosen.
pub fn path_of(file: &File) -> String {
    let path = Reflect::get(file, &"webkitRelativePath".into());
    let path = path.ok().and_then(|path| path.as_string()).filter(|path| !path.is_empty());
    path.unwrap_or_else(|| file.name())
}

/// A text as a file.
pub fn file_of_text(name: &str, text: &str) -> Option<File> {
    File::new_with_str_sequence(&blob_parts(text), name).ok()
}

/// Bytes as a file.
pub fn file_of_bytes(name: &str, bytes: &[u8]) -> Option<File> {
    file_of(name, &Uint8Array::from(bytes))
}

/// Bytes in JavaScript memory as a file.
pub fn file_of(name: &str, bytes: &JsValue) -> Option<File> {
    File::new_with_u8_array_sequence(&Array::of1(bytes), name).ok()
}

/// The bytes of files, at most `limit` + 1 of each, in JavaScript memory; undefined where one cannot be read.
pub async fn buffers(files: &[File], limit: usize) -> Vec<Option<Uint8Array>> {
    let end = i32::try_from(limit + 1).unwrap_or(i32::MAX);
    let read = |file: &File| match file.slice_with_i32_and_i32(0, end) {
        Ok(slice) => slice.array_buffer(),
        Err(error) => Promise::reject(&error),
    };
    let all: Array = files.iter().map(read).collect();
    let settled = JsFuture::from(Promise::all_settled(&all)).await.unwrap_or_default();
    let value = |one: JsValue| Reflect::get(&one, &"value".into()).ok();
    let settled = Array::from(&settled);
    let read = settled.iter().map(|one| {
        let buffer = value(one).filter(JsValue::is_object)?;
        Some(Uint8Array::new(&buffer))
    });
    read.collect()
}

/// The length of a chosen file in bytes, without reading it.
pub fn length_of(file: &File) -> u64 {
    // The browser counts in a floating-point number, whole and never negative.
    file.size() as u64
}

/// Reads a chosen file, at most `limit` + 1 bytes; fails with the browser's error.
pub async fn read_file(file: &File, limit: usize) -> Result<Vec<u8>, JsValue> {
    let slice = file.slice_with_i32_and_i32(0, i32::try_from(limit + 1).unwrap_or(i32::MAX))?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
