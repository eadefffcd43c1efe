//! The web worker for slow work with paper: it packs a file into the texts of codes, finds codes in pictures, and
//! puts files together from them. Everything else is in the library.
//!
//! It posts `true` once it listens, and answers each [`Task`] with a [`Reply`]. A message is an array: its own bytes,
//! then the bytes beside it. A picture that crashes the worker ends it; the page starts another one, which takes the
//! texts that were read before.

use std::cell::RefCell;

use bon_tot::scan::{Care, Picture, codes, grey};
use bon_tot::share::{Collector, Reply, Task, parts};
use js_sys::{Array, Function, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::*;

fn main() {
    let collector = RefCell::new(Collector::default());
    let listen = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let message = Reflect::get(&event, &"data".into()).map(|data| Array::from(&data));
        let answer = message.ok().and_then(|message| {
            let mut collector = collector.try_borrow_mut().ok()?;
            answer(&mut collector, &message)
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

fn answer(collector: &mut Collector, message: &Array) -> Option<JsValue> {
    let bytes = |place| message.get(place).dyn_into::<Uint8Array>().ok();
    let beside = || bytes(1);
    let task = Task::from_bytes(&bytes(0)?.to_vec())?;
    let reply = match task {
        Task::Pack => parts(&beside()?.to_vec()).map_or_else(Reply::Refused, Reply::Codes),
        Task::Look { width, height, quick } => {
            let care = if quick { Care::Quick } else { Care::Thorough };
            let picture = Picture::new(width, height, in_grey(&beside()?)).ok()?;
            Reply::Findings(collector.take_all(&codes(&picture, care)))
        }
        Task::Take(texts) => Reply::Findings(collector.take_all(&texts)),
    };
    let answer = Array::of1(&Uint8Array::from(&*reply.to_bytes()?));
    if let Reply::Findings(findings) = &reply {
        for file in &findings.files {
            answer.push(&Uint8Array::from(file.as_slice()));
        }
    }
    Some(answer.into())
}

/// The grey values of RGBA pixels, copied in pieces so that the whole picture is not in memory twice.
fn in_grey(pixels: &Uint8Array) -> Vec<u8> {
    const PIECE: u32 = 4 << 16;
    let length = pixels.length();
    let mut all = Vec::with_capacity(length as usize / 4);
    let mut from = 0;
    while from < length {
        let until = length.min(from + PIECE);
        all.extend(grey(&pixels.subarray(from, until).to_vec()));
        from = until;
    }
    all
}
