//! A style sheet beside that of the page, for a part of it that few open.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::document::{document, named};

/// Adds the style sheet that the document names so; whether it came.
pub async fn add_style(name: &str) -> bool {
    let (Some(document), Some(file)) = (document(), named(name)) else { return false };
    let link = document.create_element("link").ok();
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    let came = Promise::new(&mut |came: Function, failed: Function| {
        link.set_onload(Some(&came));
        link.set_onerror(Some(&failed));
    });
    let head = document.query_selector("head").ok().flatten();
    let is_there = link.set_attribute("rel", "stylesheet").is_ok()
        && link.set_attribute("href", &file).is_ok()
        && head.is_some_and(|head| head.append_child(&link).is_ok());
    is_there && JsFuture::from(came).await.is_ok()
}
