//! The worker of the page: asked one thing at a time, and let go when it stops.

use std::cell::Cell;

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

use super::{pause, timer};
use crate::share::PaperError;

/// Milliseconds for a worker to load.
const TO_LOAD: u32 = 30_000;
/// Milliseconds for an answer: a large scan on a slow telephone takes some seconds.
const TO_ANSWER: u32 = 90_000;

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

/// A worker that listens.
pub struct PaperWorker {
    worker: Worker,
    is_asked: Cell<bool>,
}

impl Drop for PaperWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl PaperWorker {
    /// Loads a worker.
    ///
    /// # Errors
    /// [`PaperWorkerError::NotLoaded`].
    pub async fn load() -> Result<PaperWorker, PaperWorkerError> {
        let made = Worker::new("./worker_loader.js");
        let worker = PaperWorker {
            worker: made.map_err(|_| PaperWorkerError::NotLoaded)?,
            is_asked: Cell::new(false),
        };
        let ready = worker.next(TO_LOAD, None).await;
        ready.map_err(|_| PaperWorkerError::NotLoaded)?;
        Ok(worker)
    }

    /// Asks, and waits for the answer. What is moved is gone from here.
    ///
    /// # Errors
    /// [`PaperWorkerError::Stopped`].
    pub async fn ask(
        &self,
        message: &Array,
        moved: Option<&Uint8Array>,
    ) -> Result<JsValue, PaperWorkerError> {
        let moved = moved.map_or_else(Array::new, |moved| Array::of1(&moved.buffer()));
        // Answers bear no names: one question at a time.
        while self.is_asked.replace(true) {
            pause(TO_WAIT).await;
        }
        let answer = self.next(TO_ANSWER, Some((message, &moved))).await;
        self.is_asked.set(false);
        Ok(answer.map_err(|_| PaperWorkerError::Stopped)?.data())
    }

    /// Posts something with what is moved, and waits for the next message.
    async fn next(
        &self,
        limit: u32,
        post: Option<(&Array, &Array)>,
    ) -> Result<MessageEvent, JsValue> {
        let mut give_up = None;
        let answer = Promise::new(&mut |resolve: Function, reject: Function| {
            self.worker.set_onmessage(Some(&resolve));
            self.worker.set_onmessageerror(Some(&reject));
            self.worker.set_onerror(Some(&reject));
            if let Some((message, moved)) = post
                && let Err(error) = self.worker.post_message_with_transfer(message, moved)
            {
                drop(reject.call1(&JsValue::UNDEFINED, &error));
            }
            give_up = Some(timer(limit, move || {
                drop(reject.call0(&JsValue::UNDEFINED));
            }));
        });
        let answer = JsFuture::from(answer).await;
        drop(give_up);
        answer.map(JsCast::unchecked_into)
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
        let texts = self.ask(&message, Some(&bytes)).await?;
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
        let answer = self.ask(&message, Some(&picture.bytes));
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
    /// Their bytes, which stay with the browser.
    pub bytes: Uint8Array,
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
