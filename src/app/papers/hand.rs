//! The worker of the page: asked one thing at a time, and let go when it stops.

use std::cell::Cell;

use js_sys::{Array, Function, Promise, Uint8Array, global};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::app::browser;
use crate::app::browser::dynamic::{call, get, set};
use crate::share::{Findings, PaperError, Reply, Task};

/// Milliseconds for a worker to load.
const TO_LOAD: i32 = 30_000;
/// Milliseconds for an answer: a large scan on a slow telephone takes some seconds.
const TO_ANSWER: i32 = 90_000;

/// Why a worker gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandError {
    /// It could not be loaded.
    NotLoaded,
    /// It stopped, or took too long.
    Stopped,
}

/// Milliseconds until somebody who waits for the worker looks again whether it is free.
const TO_WAIT: i32 = 50;

/// A worker that listens.
pub struct Hand {
    worker: JsValue,
    is_asked: Cell<bool>,
}

impl Drop for Hand {
    fn drop(&mut self) {
        if let Err(error) = call(&self.worker, "terminate", &[]) {
            browser::report(&error);
        }
    }
}

impl Hand {
    /// Loads a worker.
    ///
    /// # Errors
    /// [`HandError::NotLoaded`].
    pub async fn load() -> Result<Hand, HandError> {
        let made = call(&global(), "bonTotWorker", &[]);
        let hand = Hand {
            worker: made.map_err(|_| HandError::NotLoaded)?,
            is_asked: Cell::new(false),
        };
        let ready = hand.next(TO_LOAD, None).await;
        ready.map_err(|_| HandError::NotLoaded)?;
        Ok(hand)
    }

    /// Asks, and waits for the answer. The bytes that go beside the task are moved: they are gone from here.
    ///
    /// # Errors
    /// [`HandError::Stopped`].
    async fn ask(&self, task: &Task, beside: Option<&JsValue>) -> Result<Reply, HandError> {
        let (message, moved) = (Array::of1(&task.to_text().into()), Array::new());
        if let Some(bytes) = beside {
            message.push(bytes);
            moved.push(&get(bytes, "buffer"));
        }
        // Answers bear no names: one question at a time.
        while self.is_asked.replace(true) {
            browser::pause(TO_WAIT).await;
        }
        let post = [message.into(), moved.into()];
        let answer = self.next(TO_ANSWER, Some(post)).await;
        self.is_asked.set(false);
        let event = answer.map_err(|_| HandError::Stopped)?;
        read(&Array::from(&get(&event, "data"))).ok_or(HandError::Stopped)
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
            browser::later(limit, move || drop(reject.call0(&JsValue::UNDEFINED)));
        });
        JsFuture::from(answer).await
    }

    /// The texts of the codes of a file.
    ///
    /// # Errors
    /// The worker gave no answer; inside, why the file has no codes.
    pub async fn pack(&self, file: &str) -> Result<Result<Vec<String>, PaperError>, HandError> {
        let bytes = Uint8Array::from(file.as_bytes());
        match self.ask(&Task::Pack, Some(&bytes)).await? {
            Reply::Codes(texts) => Ok(Ok(texts)),
            Reply::Refused(error) => Ok(Err(error)),
            Reply::Findings(_) => Err(HandError::Stopped),
        }
    }

    /// Looks at a picture: its sides, its pixels of four bytes, whether there is no time.
    ///
    /// # Errors
    /// The worker gave no answer.
    pub async fn look(&self, picture: Pixels, quick: bool) -> Result<Findings, HandError> {
        let task = Task::Look {
            width: picture.width as usize,
            height: picture.height as usize,
            quick,
        };
        findings(self.ask(&task, Some(&picture.bytes)).await?)
    }

    /// Tells what was read before.
    ///
    /// # Errors
    /// The worker gave no answer.
    pub async fn take(&self, texts: &[String]) -> Result<Findings, HandError> {
        findings(self.ask(&Task::Take(texts.to_vec()), None).await?)
    }
}

/// Reads an answer: its text, and the files beside it.
fn read(answer: &Array) -> Option<Reply> {
    let mut reply = Reply::from_text(&answer.get(0).as_string()?).ok()?;
    if let Reply::Findings(findings) = &mut reply {
        let beside = answer.iter().skip(1);
        findings.files = beside.map(|file| Uint8Array::new(&file).to_vec()).collect();
    }
    Some(reply)
}

fn findings(reply: Reply) -> Result<Findings, HandError> {
    match reply {
        Reply::Findings(findings) => Ok(findings),
        Reply::Codes(_) | Reply::Refused(_) => Err(HandError::Stopped),
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
