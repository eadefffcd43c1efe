//! The web worker: takes one task at a time, and is dropped when it stops.

use std::cell::Cell;

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

use super::{document, pause, timer};
use crate::share::{Findings, PaperError, Reply, Task};

/// Milliseconds for a worker to load.
const TO_LOAD: u32 = 30_000;
/// Milliseconds for an answer: a large scan on a slow telephone takes some seconds.
const TO_ANSWER: u32 = 90_000;

/// Why a worker gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperWorkerError {
    /// Loading failed.
    NotLoaded,
    /// It stopped, or took too long.
    Stopped,
}

/// Milliseconds between checks whether the worker is free.
const TO_WAIT: i32 = 50;

/// The URL of the worker's script: set by the build in the document, or made at start by the single-file page.
fn script() -> Option<String> {
    let named = document()?.query_selector("meta[name=worker]");
    named.ok()??.get_attribute("content")
}

/// A loaded worker.
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
    /// Loads a worker, else [`PaperWorkerError::NotLoaded`].
    pub async fn load() -> Result<PaperWorker, PaperWorkerError> {
        let script = script().ok_or(PaperWorkerError::NotLoaded)?;
        let made = Worker::new(&script);
        let worker = PaperWorker {
            worker: made.map_err(|_| PaperWorkerError::NotLoaded)?,
            is_asked: Cell::new(false),
        };
        let ready = worker.next(TO_LOAD, None).await;
        ready.map_err(|_| PaperWorkerError::NotLoaded)?;
        Ok(worker)
    }

    /// Sends a task and waits for the answer, else [`PaperWorkerError::Stopped`]. The bytes sent along are
    /// transferred, not copied.
    async fn ask(
        &self,
        task: &Task,
        beside: Option<&Uint8Array>,
    ) -> Result<Reply, PaperWorkerError> {
        let task = task.to_bytes().ok_or(PaperWorkerError::Stopped)?;
        let (message, moved) = (Array::of1(&Uint8Array::from(&*task)), Array::new());
        if let Some(bytes) = beside {
            message.push(bytes);
            moved.push(&bytes.buffer());
        }
        // Answers have no ids: one task at a time.
        while self.is_asked.replace(true) {
            pause(TO_WAIT).await;
        }
        let answer = self.next(TO_ANSWER, Some((&message, &moved))).await;
        self.is_asked.set(false);
        let event = answer.map_err(|_| PaperWorkerError::Stopped)?;
        read(&Array::from(&event.data())).ok_or(PaperWorkerError::Stopped)
    }

    /// Posts a message with transfers and waits for the next one.
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

    /// The texts of the codes of a file; the inner error says why it has none.
    pub async fn pack(
        &self,
        file: &str,
    ) -> Result<Result<Vec<String>, PaperError>, PaperWorkerError> {
        let bytes = Uint8Array::from(file.as_bytes());
        match self.ask(&Task::Pack, Some(&bytes)).await? {
            Reply::Codes(texts) => Ok(Ok(texts)),
            Reply::Refused(error) => Ok(Err(error)),
            Reply::Findings(_) => Err(PaperWorkerError::Stopped),
        }
    }

    /// Scans a picture: its size, its pixels of four bytes, whether to be quick.
    pub async fn look(&self, picture: Pixels, quick: bool) -> Result<Findings, PaperWorkerError> {
        let task =
            Task::Look { width: picture.width as usize, height: picture.height as usize, quick };
        findings(self.ask(&task, Some(&picture.bytes)).await?)
    }

    /// Sends parts read before.
    pub async fn take(&self, texts: &[String]) -> Result<Findings, PaperWorkerError> {
        findings(self.ask(&Task::Take(texts.to_vec()), None).await?)
    }
}

/// Reads an answer: its bytes and the attached files.
fn read(answer: &Array) -> Option<Reply> {
    let mut reply = Reply::from_bytes(&Uint8Array::new(&answer.get(0)).to_vec())?;
    if let Reply::Findings(findings) = &mut reply {
        let beside = answer.iter().skip(1);
        findings.files = beside.map(|file| Uint8Array::new(&file).to_vec()).collect();
    }
    Some(reply)
}

fn findings(reply: Reply) -> Result<Findings, PaperWorkerError> {
    match reply {
        Reply::Findings(findings) => Ok(findings),
        Reply::Codes(_) | Reply::Refused(_) => Err(PaperWorkerError::Stopped),
    }
}

/// The pixels of a picture, of four bytes each.
pub struct Pixels {
    /// Pixels per row.
    pub width: u32,
    /// Number of rows.
    pub height: u32,
    /// The bytes, in JavaScript memory.
    pub bytes: Uint8Array,
}
