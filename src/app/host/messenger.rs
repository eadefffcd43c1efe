//! Messages to and from a web worker: one task at a time, each with its answer.

use std::cell::Cell;

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

use super::{document, pause, timer};

/// Milliseconds for a worker to load.
const TO_LOAD: u32 = 30_000;
/// Milliseconds between checks whether the worker is free.
const TO_WAIT: i32 = 20;

/// The worker gave no answer: it was not loaded, stopped, or took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoAnswer;

/// A loaded worker; dropping it ends it.
pub(super) struct Messenger {
    worker: Worker,
    is_asked: Cell<bool>,
    /// Milliseconds for an answer.
    limit: u32,
}

impl Drop for Messenger {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Messenger {
    /// Loads the worker that the document names so.
    pub async fn load(name: &str, limit: u32) -> Result<Messenger, NoAnswer> {
        let script = document::named(name).ok_or(NoAnswer)?;
        let worker = Worker::new(&script).map_err(|_| NoAnswer)?;
        let messenger = Messenger { worker, is_asked: Cell::new(false), limit };
        messenger.next(TO_LOAD, None).await.map_err(|_| NoAnswer)?;
        Ok(messenger)
    }

    /// Sends a task with what is beside it, and waits for the answer, an array. What is in `moved` is transferred, not
    /// copied.
    pub async fn ask(&self, task: &[u8], beside: &Array, moved: &Array) -> Result<Array, NoAnswer> {
        let message = Array::of1(&Uint8Array::from(task));
        for one in beside.iter() {
            message.push(&one);
        }
        // Answers have no ids: one task at a time.
        while self.is_asked.replace(true) {
            pause(TO_WAIT).await;
        }
        let answer = self.next(self.limit, Some((&message, moved))).await;
        self.is_asked.set(false);
        // A worker that does not understand a task answers with nothing.
        answer.ok().and_then(|event| event.data().dyn_into().ok()).ok_or(NoAnswer)
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
}
