//! The worker's door: what takes long with paper, off the page's main thread. It packs a file into the texts of codes,
//! looks for codes in pictures, and puts files together from them. Everything else is in the library.
//!
//! It says `true` once it listens, and answers each message, an array that begins with one of [`PACK`], [`LOOK`] and
//! [`TAKE`]. A picture that stops it ends the worker; the page starts another one, which takes what was read so far.

use std::cell::RefCell;

use bon_tot::scan::{Care, Picture, codes, grey};
use bon_tot::share::{Collector, PaperError, Taken, parts};
use js_sys::{Array, Function, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::*;

/// `[0, bytes]`: the texts of the codes of a file, or the number of a [`PaperError`].
const PACK: u32 = 0;
/// `[1, width, height, pixels of four bytes, whether there is no time]`: what came of a picture.
const LOOK: u32 = 1;
/// `[2, texts]`: what came of texts of codes.
const TAKE: u32 = 2;

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
    // A worker that could not listen would never answer, and the page says so after a while.
    if Reflect::set(&global(), &"onmessage".into(), listen.as_ref()).is_ok() {
        listen.forget();
        post(&JsValue::TRUE);
    }
}

fn post(message: &JsValue) {
    let post = Reflect::get(&global(), &"postMessage".into());
    let post = post.ok().and_then(|post| post.dyn_into::<Function>().ok());
    if let Some(post) = post {
        // What cannot be posted cannot be told either; the page waits only so long.
        drop(post.call1(&global(), message));
    }
}

fn number(message: &Array, place: u32) -> Option<usize> {
    let number = message.get(place).as_f64()?;
    // Sizes of pictures: far below what a float is exact to.
    (0.0..=f64::from(u32::MAX))
        .contains(&number)
        .then_some(number as usize)
}

fn answer(collector: &mut Collector, message: &Array) -> Option<JsValue> {
    let kind = u32::try_from(number(message, 0)?).ok()?;
    match kind {
        PACK => {
            let file: Uint8Array = message.get(1).dyn_into().ok()?;
            Some(match parts(&file.to_vec()) {
                Ok(texts) => list(texts.iter().map(|text| text.as_str().into())),
                Err(error) => (error as u32).into(),
            })
        }
        LOOK => {
            let (width, height) = (number(message, 1)?, number(message, 2)?);
            let pixels: Uint8Array = message.get(3).dyn_into().ok()?;
            let care = if message.get(4).is_truthy() {
                Care::Quick
            } else {
                Care::Thorough
            };
            let picture = Picture::new(width, height, in_grey(&pixels)).ok()?;
            Some(take(collector, &codes(&picture, care)))
        }
        TAKE => {
            let texts = Array::from(&message.get(1));
            let texts: Vec<_> = texts.iter().filter_map(|text| text.as_string()).collect();
            Some(take(collector, &texts))
        }
        _ => None,
    }
}

/// The grey of pixels of four bytes, a piece at a time, so that they are not here twice.
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

fn list(all: impl Iterator<Item = JsValue>) -> JsValue {
    let array = Array::new();
    all.for_each(|value| {
        array.push(&value);
    });
    array.into()
}

/// Puts texts to what is here, and tells: how many codes there were, those that are parts, the number of the first
/// refusal or `null`, of each file that is not whole how many parts it has and which are missing, and whole files.
fn take(collector: &mut Collector, texts: &[String]) -> JsValue {
    let (mut ours, mut files) = (Vec::new(), Vec::new());
    let mut refused: Option<PaperError> = None;
    for text in texts {
        match collector.take(text) {
            Ok(Taken::New | Taken::Known) => ours.push(text.as_str().into()),
            Ok(Taken::Whole(file)) => {
                ours.push(text.as_str().into());
                files.push(Uint8Array::from(&*file).into());
            }
            // A code of something else beside ours is no news.
            Err(PaperError::NotOurs) if texts.len() > 1 => {}
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    let piles = collector.piles().iter().map(|pile| {
        let missing = pile.missing().into_iter().map(|part| (part as u32).into());
        list([(pile.count() as u32).into(), list(missing)].into_iter())
    });
    let refused = refused.map_or(JsValue::NULL, |error| (error as u32).into());
    list(
        [
            (texts.len() as u32).into(),
            list(ours.into_iter()),
            refused,
            list(piles),
            list(files.into_iter()),
        ]
        .into_iter(),
    )
}
