//! The web worker for paper: takes one task at a time, and is dropped when it stops.

use js_sys::{Array, Uint8Array};

use super::messenger::Messenger;
use crate::share::{Findings, PaperError, Reply, Task};

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

/// A loaded worker.
pub struct PaperWorker(Messenger);

impl PaperWorker {
    /// Loads a worker, else [`PaperWorkerError::NotLoaded`].
    pub async fn load() -> Result<PaperWorker, PaperWorkerError> {
        let loaded = Messenger::load("worker", TO_ANSWER).await;
        loaded.map(PaperWorker).map_err(|_| PaperWorkerError::NotLoaded)
    }

    /// Sends a task and waits for the answer, else [`PaperWorkerError::Stopped`]. The bytes sent along are
    /// transferred, not copied.
    async fn ask(
        &self,
        task: &Task,
        beside: Option<&Uint8Array>,
    ) -> Result<Reply, PaperWorkerError> {
        let task = task.to_bytes().ok_or(PaperWorkerError::Stopped)?;
        let (along, moved) = (Array::new(), Array::new());
        if let Some(bytes) = beside {
            along.push(bytes);
            moved.push(&bytes.buffer());
        }
        let answer = self.0.ask(&task, &along, &moved).await;
        read(&answer.map_err(|_| PaperWorkerError::Stopped)?).ok_or(PaperWorkerError::Stopped)
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
            Reply::Findings(_) | Reply::Link(_) => Err(PaperWorkerError::Stopped),
        }
    }

    /// A file as a link carries it.
    pub async fn link_of(&self, file: &str) -> Result<String, PaperWorkerError> {
        let bytes = Uint8Array::from(file.as_bytes());
        match self.ask(&Task::Link, Some(&bytes)).await? {
            Reply::Link(link) => Ok(link),
            _ => Err(PaperWorkerError::Stopped),
        }
    }

    /// The file in a link; `None` where it is none.
    pub async fn file_in(&self, link: String) -> Result<Option<Vec<u8>>, PaperWorkerError> {
        let found = findings(self.ask(&Task::FileOf(link), None).await?)?;
        Ok(found.files.into_iter().next())
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
        Reply::Codes(_) | Reply::Refused(_) | Reply::Link(_) => Err(PaperWorkerError::Stopped),
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
