//! The web worker that reads PDF documents: loaded only for them, takes one task at a time, and is dropped when it stops.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::messenger::Messenger;
use super::{File, buffers};
use crate::share::{PdfReply, PdfTask};

/// Milliseconds for an answer: a page of a large scan takes some seconds on a slow machine.
const TO_ANSWER: u32 = 90_000;
/// The most bytes of a document: a larger one is told so by the worker.
const PDF_LIMIT: usize = 64 << 20;

/// Why a worker gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfWorkerError {
    /// Loading failed.
    NotLoaded,
    /// It stopped, or took too long.
    Stopped,
    /// The browser cannot read the file.
    Unread,
}

/// A loaded worker.
pub struct PdfWorker(Messenger);

impl PdfWorker {
    /// Loads a worker, else [`PdfWorkerError::NotLoaded`].
    pub async fn load() -> Result<PdfWorker, PdfWorkerError> {
        let loaded = Messenger::load("pdf-worker", TO_ANSWER).await;
        loaded.map(PdfWorker).map_err(|_| PdfWorkerError::NotLoaded)
    }

    async fn ask(&self, task: &PdfTask, beside: &Array) -> Result<PdfReply, PdfWorkerError> {
        let buffer = |bytes: JsValue| bytes.unchecked_into::<Uint8Array>().buffer();
        let moved: Array = beside.iter().map(buffer).collect();
        let task = task.to_bytes().ok_or(PdfWorkerError::Stopped)?;
        let answer = self.0.ask(&task, beside, &moved).await;
        let answer = answer.map_err(|_| PdfWorkerError::Stopped)?;
        let reply = PdfReply::from_bytes(&Uint8Array::new(&answer.get(0)).to_vec());
        reply.ok_or(PdfWorkerError::Stopped)
    }

    /// Opens a document: how many pages it has, or why it is refused.
    pub async fn open(&self, file: &File) -> Result<Result<usize, String>, PdfWorkerError> {
        let bytes = buffers(std::slice::from_ref(file), PDF_LIMIT).await.pop().flatten();
        let bytes = bytes.ok_or(PdfWorkerError::Unread)?;
        match self.ask(&PdfTask::Open, &Array::of1(&bytes)).await? {
            PdfReply::Opened(pages) => Ok(Ok(pages)),
            PdfReply::Refused(why) => Ok(Err(why)),
            PdfReply::Texts(_) => Err(PdfWorkerError::Stopped),
        }
    }

    /// The texts of the codes on a page of the open document, or why it is refused.
    pub async fn page(&self, number: usize) -> Result<Result<Vec<String>, String>, PdfWorkerError> {
        match self.ask(&PdfTask::Page(number), &Array::new()).await? {
            PdfReply::Texts(texts) => Ok(Ok(texts)),
            PdfReply::Refused(why) => Ok(Err(why)),
            PdfReply::Opened(_) => Err(PdfWorkerError::Stopped),
        }
    }
}
