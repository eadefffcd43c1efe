//! The worker of the page: asked one thing at a time, and let go when it stops.

use std::cell::Cell;

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::app::host;
use crate::app::host::dynamic::{call, get, set};
use crate::share::PaperError;

/// Milliseconds for a worker to load.
const TO_LOAD: i32 = 30_000;
/// Milliseconds for an answer: a large scan on a slow telephone takes some seconds.
const TO_ANSWER: i32 = 90_000;

/// Why a worker gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperWorkerError {
    /// It could not be loaded.
    NotLoaded,
    /// It stopped, or took too long.
    Stopped,
}

/// Milliseconds until somebody who waits for the worker looks again whether it is free.
const TO_WAIT: i32 = 50;

/// Where the worker's script is: the build writes it into the document, and the page in one file makes it when it starts.
fn script() -> Option<String> {
    let named = host::document()?.query_selector("meta[name=worker]");
    named.ok()??.get_attribute("content")
}

/// A worker that listens.
pub struct PaperWorker {
    worker: JsValue,
    is_asked: Cell<bool>,
}

impl Drop for PaperWorker {
    fn drop(&mut self) {
        if let Err(error) = call(&self.worker, "terminate", &[]) {
            host::report(&error);
        }
    }
}

impl PaperWorker {
    /// Loads a worker.
    ///
    /// # Errors
    /// [`HandError::NotLoaded`].
    pub async fn load() -> Result<PaperWorker, PaperWorkerError> {
        let script = script().ok_or(PaperWorkerError::NotLoaded)?;
        let made = web_sys::Worker::new(&script).map(JsValue::from);
        let hand = PaperWorker {
            worker: made.map_err(|_| PaperWorkerError::NotLoaded)?,
            is_asked: Cell::new(false),
        };
        let ready = hand.next(TO_LOAD, None).await;
        ready.map_err(|_| PaperWorkerError::NotLoaded)?;
        Ok(hand)
    }

    /// Asks, and waits for the answer. What is moved is gone from here.
    ///
    /// # Errors
    /// [`HandError::Stopped`].
    pub async fn ask(
        &self,
        message: &Array,
        moved: Option<JsValue>,
    ) -> Result<JsValue, PaperWorkerError> {
        let moved = moved.map_or_else(Array::new, |moved| Array::of1(&moved));
        let ask = [message.into(), moved.into()];
        // Answers bear no names: one question at a time.
        while self.is_asked.replace(true) {
            host::pause(TO_WAIT).await;
        }
        let answer = self.next(TO_ANSWER, Some(ask)).await;
        self.is_asked.set(false);
        let event = answer.map_err(|_| PaperWorkerError::Stopped)?;
        Ok(get(&event, "data"))
    }

    /// Posts something, and waits for the next message.
    async fn next(&self, limit: i32, post: Option<[JsValue; 2]>) -> Result<JsValue, JsValue> {
        let answer = Promise::new(&mut |resolve: Function, reject: Function| {
            set(&self.worker, "onmessage", &resolve);
            set(&self.worker, "onmessageerror", &reject);
            set(&self.worker, "onerror", &reject);
            if let Some(post) = &post
                && let Err(error) = call(&self.worker, "postMessage", post)
            {
                drop(reject.call1(&JsValue::UNDEFINED, &error));
            }
            // Nothing comes of it where the answer was first.
            host::later(limit, move || drop(reject.call0(&JsValue::UNDEFINED)));
        });
        JsFuture::from(answer).await
    }

    /// The texts of the codes of a file.
    ///
    /// # Errors
    /// The worker gave no answer; inside, why the file has no codes.
    pub async fn pack(
        &self,
        file: &str,
    ) -> Result<Result<Vec<String>, PaperError>, PaperWorkerError> {
        let bytes = Uint8Array::from(file.as_bytes());
        let message = Array::of2(&0.into(), &bytes);
        let texts = self.ask(&message, Some(get(&bytes, "buffer"))).await?;
        if texts.as_f64().is_some() {
            return Ok(Err(PaperError::TooLong));
        }
        let texts = Array::from(&texts);
        Ok(Ok(texts
            .iter()
            .filter_map(|text| text.as_string())
            .collect()))
    }

    /// Looks at a picture: its sides, its pixels of four bytes, whether there is no time.
    ///
    /// # Errors
    /// The worker gave no answer.
    pub async fn look(&self, picture: Pixels, quick: bool) -> Result<Seen, PaperWorkerError> {
        let message = Array::of5(
            &1.into(),
            &picture.width.into(),
            &picture.height.into(),
            &picture.bytes,
            &quick.into(),
        );
        let answer = self.ask(&message, Some(get(&picture.bytes, "buffer")));
        Ok(Seen::read(&answer.await?))
    }

    /// Tells what was read before.
    ///
    /// # Errors
    /// The worker gave no answer.
    pub async fn take(&self, texts: &[String]) -> Result<Seen, PaperWorkerError> {
        let all = Array::new();
        for text in texts {
            all.push(&text.as_str().into());
        }
        let answer = self.ask(&Array::of2(&2.into(), &all), None).await?;
        Ok(Seen::read(&answer))
    }
}

/// The pixels of a picture, of four bytes each.
pub struct Pixels {
    /// How many stand in a row.
    pub width: u32,
    /// How many rows there are.
    pub height: u32,
    /// Their bytes, a `Uint8Array`.
    pub bytes: JsValue,
}

/// What was read of one file that is not whole.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialFile {
    /// How many parts it has.
    pub count: usize,
    /// The numbers of those that are missing, from 1.
    pub missing: Vec<usize>,
}

/// What came of a picture.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// How many codes are in it.
    pub codes: usize,
    /// Those that are parts.
    pub texts: Vec<String>,
    /// The number of the first refusal, by the order of [`PaperError`].
    pub refused: Option<usize>,
    /// The files that are not whole.
    pub partial_files: Vec<PartialFile>,
    /// Files that are.
    pub files: Vec<Vec<u8>>,
}

impl Seen {
    fn read(answer: &JsValue) -> Seen {
        let answer = Array::from(answer);
        let number = |value: JsValue| value.as_f64().map(|number| number as usize);
        let list = |place: u32| Array::from(&answer.get(place));
        let pile = |pile: JsValue| {
            let pile = Array::from(&pile);
            let missing = Array::from(&pile.get(1));
            PartialFile {
                count: number(pile.get(0)).unwrap_or_default(),
                missing: missing.iter().filter_map(number).collect(),
            }
        };
        Seen {
            codes: number(answer.get(0)).unwrap_or_default(),
            texts: list(1).iter().filter_map(|text| text.as_string()).collect(),
            refused: number(answer.get(2)),
            partial_files: list(3).iter().map(pile).collect(),
            files: list(4)
                .iter()
                .map(|file| Uint8Array::new(&file).to_vec())
                .collect(),
        }
    }
}
