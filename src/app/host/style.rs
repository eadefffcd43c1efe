//! A style sheet beside that of the page, for a part of it that few open.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::document::{document, named};

/// Adds the style sheet that the document names so, at once; whether it came. A document that names none has it in its own.
pub fn add_style(name: &str) -> impl Future<Output = bool> + use<> {
    let came = named(name).map(|file| link(&file));
    async move {
        match came {
            None => true,
            Some(None) => false,
            Some(Some(came)) => JsFuture::from(came).await.is_ok(),
        }
    }
}

fn link(file: &str) -> Option<Promise> {
    let document = document()?;
    let link = document.create_element("link").ok()?.dyn_into::<HtmlElement>().ok()?;
    let came = Promise::new(&mut |came: Function, failed: Function| {
        link.set_onload(Some(&came));
        link.set_onerror(Some(&failed));
    });
    link.set_attribute("rel", "stylesheet").ok()?;
    link.set_attribute("href", file).ok()?;
    document.query_selector("head").ok()??.append_child(&link).ok()?;
    Some(came)
}
