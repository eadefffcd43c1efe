//! The clipboard, available in secure contexts only.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

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
    if let Some(field) = element(field).filter(|_| !done) {
        match field.dyn_into::<HtmlInputElement>() {
            Ok(input) => input.select(),
            Err(field) => {
                if let Ok(area) = field.dyn_into::<HtmlTextAreaElement>() {
                    area.select();
                }
            }
        }
    }
    done
}
