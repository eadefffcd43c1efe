//! The web worker that reads PDF documents: it draws their pages and finds the codes on them. Everything else is in the
//! library.
//!
//! It posts `true` once it listens, and answers each [`PdfTask`] with a [`PdfReply`]. A message is an array: its own
//! bytes, then the bytes beside it. A document that crashes the worker ends it; the page starts another one.

use std::cell::RefCell;

use bon_tot::scan::pdf::Document;
use bon_tot::scan::{Care, codes};
use bon_tot::share::{PdfReply, PdfTask};
use js_sys::{Array, Function, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::*;

fn main() {
    let open = RefCell::new(None);
    let listen = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let message = Reflect::get(&event, &"data".into()).map(|data| Array::from(&data));
        let answer = message.ok().and_then(|message| {
            let mut open = open.try_borrow_mut().ok()?;
            answer(&mut open, &message)
        });
        post(&answer.unwrap_or(JsValue::NULL));
    });
    // A worker that does not listen never answers; the page then reports a timeout.
    if Reflect::set(&global(), &"onmessage".into(), listen.as_ref()).is_ok() {
        listen.forget();
        post(&JsValue::TRUE);
    }
}

fn post(message: &JsValue) {
    let post = Reflect::get(&global(), &"postMessage".into());
    let post = post.ok().and_then(|post| post.dyn_into::<Function>().ok());
    if let Some(post) = post {
        // A failure to post cannot be reported; the page reports a timeout.
        drop(post.call1(&global(), message));
    }
}

fn answer(open: &mut Option<Document>, message: &Array) -> Option<JsValue> {
    let bytes = |place| message.get(place).dyn_into::<Uint8Array>().ok();
    let reply = match PdfTask::from_bytes(&bytes(0)?.to_vec())? {
        PdfTask::Open => {
            // The one before goes first, so that the memory holds one of them.
            *open = None;
            Document::open(bytes(1)?.to_vec()).map(|document| {
                let pages = document.pages();
                *open = Some(document);
                PdfReply::Opened(pages)
            })
        }
        PdfTask::Page(number) => {
            let picture = open.as_ref()?.page(number);
            picture.map(|picture| PdfReply::Texts(codes(&picture, Care::Thorough)))
        }
    };
    let reply = reply.unwrap_or_else(|error| PdfReply::Refused(error.to_string()));
    Some(Array::of1(&Uint8Array::from(&*reply.to_bytes()?)).into())
}
