//! The clipboard, available in secure contexts only.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::element;
use super::navigator::navigator;

/// Copies a text, or selects it in its field if the page may not copy; returns whether it was
/// copied.
pub async fn copy(field: &str, text: &str) -> bool {
    let clipboard = navigator().and_then(|navigator| navigator.clipboard());
    let done = match clipboard {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    };
    if !done && let Some(field) = element(field).and_then(|e| e.dyn_into::<HtmlInputElement>().ok())
    {
        field.select();
    }
    done
}
