//! What all workers share: listening, answering, posting.
//!
//! A worker posts `true` once it listens, and answers each message. A message is an array: the bytes of a task or a reply,
//! then what is beside it. A file that crashes the worker ends it; the page starts another one.

use std::cell::RefCell;

use js_sys::{Array, Function, JsString, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::*;

use crate::value::trim;

/// Listens from now on. A message that is not understood is answered with null.
pub fn listen(answer: impl FnMut(&Array) -> Option<Array> + 'static) {
    let answer = RefCell::new(answer);
    let listen = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let message = Reflect::get(&event, &"data".into()).map(|data| Array::from(&data));
        let answered = message.ok().and_then(|message| {
            let mut answer = answer.try_borrow_mut().ok()?;
            answer(&message)
        });
        post(&answered.map_or(JsValue::NULL, JsValue::from));
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

/// The bytes at a place of a message.
pub fn bytes(message: &Array, place: u32) -> Option<Vec<u8>> {
    Some(message.get(place).dyn_into::<Uint8Array>().ok()?.to_vec())
}

/// What becomes of the bytes at a place of a message, of which this many are copied at once, so that all of them are not in
/// memory twice.
pub fn bytes_by<T>(
    message: &Array,
    place: u32,
    piece: u32,
    into: impl Fn(&[u8]) -> Vec<T>,
) -> Option<Vec<T>> {
    let bytes = message.get(place).dyn_into::<Uint8Array>().ok()?;
    let length = bytes.length();
    let (mut all, mut from) = (Vec::new(), 0);
    while from < length {
        let until = length.min(from + piece);
        all.extend(into(&bytes.subarray(from, until).to_vec()));
        from = until;
    }
    Some(all)
}

/// All bytes that are beside a message; nothing where something else is.
pub fn beside(message: &Array) -> Option<Vec<Vec<u8>>> {
    (1..message.length()).map(|place| bytes(message, place)).collect()
}

/// An answer with what is beside it.
pub fn answer<'a>(reply: &[u8], beside: impl IntoIterator<Item = &'a [u8]>) -> Array {
    let answer = Array::of1(&Uint8Array::from(reply));
    for bytes in beside {
        answer.push(&Uint8Array::from(bytes));
    }
    answer
}

/// A text as it enters a form: in normal form C, trimmed (spec s. 1).
pub fn normal(text: &str) -> String {
    JsString::from(trim(text)).normalize("NFC").into()
}
