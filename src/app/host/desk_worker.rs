//! The desk's workers: each takes one task at a time, and is dropped when it stops.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::messenger::Messenger;
use super::navigator::navigator;
use super::{File, buffers};
use crate::desk::register::{
    Arrival, BagSigner, Reply, TableError, Task, UNIT_LIST_LIMIT, UnitsReply, UnitsTask,
};

/// Milliseconds for an answer: an archive of the largest entries takes some seconds.
const TO_ANSWER: u32 = 120_000;
/// The most bytes of a file with a table: a longer one is refused by the worker.
const TABLE_LIMIT: usize = 16 << 20;
/// The most workers: more wait for the disk.
const MOST: u32 = 8;

/// The worker was not loaded, stopped, or took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeskWorkerError;

/// Which worker is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// The one that receives and keeps the list.
    Desk,
    /// The one for workbooks, which is larger than it and knows nothing but them and the register.
    Sheets,
}

/// Bytes in JavaScript memory.
pub type Bytes = JsValue;

/// Bytes as they are in memory here; nothing where it is something else.
pub fn bytes_of(bytes: &Bytes) -> Option<Vec<u8>> {
    bytes.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// An archive that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// About how many entries it has.
    pub count: usize,
    /// Where it is a bag: who signed it, if anybody did.
    pub bag: Option<Option<BagSigner>>,
}

/// A loaded worker.
pub struct DeskWorker(Messenger);

/// What became of files, and the pictures among them, as files.
pub type Arrived = (Vec<Arrival>, Vec<JsValue>);

/// How many workers this device has use for.
pub fn workers() -> usize {
    let cores = navigator().and_then(|navigator| navigator.cores()).unwrap_or(2);
    usize::try_from(cores.clamp(1, MOST)).unwrap_or(1)
}

impl DeskWorker {
    /// Loads a worker.
    pub async fn load(loaded: Loaded) -> Result<DeskWorker, DeskWorkerError> {
        let name = match loaded {
            Loaded::Desk => "desk-worker",
            Loaded::Sheets => "sheet-worker",
        };
        let loaded = Messenger::load(name, TO_ANSWER).await;
        loaded.map(DeskWorker).map_err(|_| DeskWorkerError)
    }

    async fn send(
        &self,
        task: &Task,
        beside: &Array,
        moved: &Array,
    ) -> Result<(Reply, Array), DeskWorkerError> {
        let task = task.to_bytes().ok_or(DeskWorkerError)?;
        let answer = self.0.ask(&task, beside, moved).await.map_err(|_| DeskWorkerError)?;
        let reply = Reply::from_bytes(&Uint8Array::new(&answer.get(0)).to_vec());
        Ok((reply.ok_or(DeskWorkerError)?, answer.slice(1, answer.length())))
    }

    /// Asks for something of which nothing is beside the message.
    pub async fn ask(&self, task: &Task) -> Result<Reply, DeskWorkerError> {
        let (reply, _) = self.send(task, &Array::new(), &Array::new()).await?;
        Ok(reply)
    }

    /// Asks for bytes; why there are none, in words for specialists.
    pub async fn given(&self, task: &Task) -> Result<Result<Bytes, String>, DeskWorkerError> {
        match self.send(task, &Array::new(), &Array::new()).await? {
            (Reply::Done, beside) => Ok(Ok(beside.get(0))),
            (Reply::Failed(why), _) => Ok(Err(why)),
            _ => Err(DeskWorkerError),
        }
    }

    /// Reads the list of units in a file; a workbook by a worker of its own, which is loaded for it.
    pub async fn unit_file(&self, file: &File) -> Result<UnitsReply, DeskWorkerError> {
        let unread = UnitsReply::Refused(TableError::Unread);
        let task = Task::Units(UnitsTask::File);
        let Some(bytes) = read(file).await else { return Ok(unread) };
        let sent = self.send(&task, &Array::of1(&bytes), &Array::of1(&bytes.buffer())).await?;
        let sheets = match sent.0 {
            Reply::Units(UnitsReply::Workbook) => {
                let Some(bytes) = read(file).await else { return Ok(unread) };
                let (beside, moved) = (Array::of1(&bytes), Array::of1(&bytes.buffer()));
                let worker = DeskWorker::load(Loaded::Sheets).await?;
                worker.send(&task, &beside, &moved).await?.1
            }
            Reply::Units(reply) => return Ok(reply),
            _ => return Err(DeskWorkerError),
        };
        match self.send(&Task::Units(UnitsTask::Sheets), &sheets, &Array::new()).await?.0 {
            Reply::Units(reply) => Ok(reply),
            _ => Err(DeskWorkerError),
        }
    }

    /// Has criteria made of the table in a file, by what a person says of it; without a file, of the last one. Gives what
    /// came of it, in bytes that the form kit knows.
    pub async fn table(
        &self,
        choice: &[u8],
        file: Option<&File>,
    ) -> Result<Vec<u8>, DeskWorkerError> {
        let (beside, moved) = (Array::of1(&Uint8Array::from(choice)), Array::new());
        if let Some(file) = file {
            let read = buffers(std::slice::from_ref(file), TABLE_LIMIT).await;
            let bytes = read.into_iter().next().flatten().ok_or(DeskWorkerError)?;
            beside.push(&bytes);
            moved.push(&bytes.buffer());
        }
        let (_, answer) = self.send(&Task::Table, &beside, &moved).await?;
        let bytes = answer.get(0).dyn_into::<Uint8Array>();
        bytes.map(|bytes| bytes.to_vec()).map_err(|_| DeskWorkerError)
    }

    /// Asks for something on units; gives the text beside the answer.
    pub async fn units(
        &self,
        task: UnitsTask,
    ) -> Result<(UnitsReply, Option<String>), DeskWorkerError> {
        let (reply, beside) = self.send(&Task::Units(task), &Array::new(), &Array::new()).await?;
        let text = beside.get(0).dyn_into::<Uint8Array>().ok();
        let text = text.map(|text| String::from_utf8(text.to_vec()));
        match (reply, text.transpose()) {
            (Reply::Units(reply), Ok(text)) => Ok((reply, text)),
            _ => Err(DeskWorkerError),
        }
    }

    /// Receives files with these names, of which at most `limit` + 1 bytes are read; tells those that cannot be read.
    pub async fn receive(
        &self,
        names: &[String],
        files: &[File],
        limit: usize,
    ) -> Result<(Arrived, Vec<String>), DeskWorkerError> {
        let (beside, moved) = (Array::new(), Array::new());
        let (mut read, mut unread) = (Vec::new(), Vec::new());
        for (name, bytes) in names.iter().zip(buffers(files, limit).await) {
            match bytes {
                Some(bytes) => {
                    beside.push(&bytes);
                    moved.push(&bytes.buffer());
                    read.push(name.clone());
                }
                None => unread.push(name.clone()),
            }
        }
        let answer = self.send(&Task::Receive(read), &beside, &moved).await?;
        Ok((arrived(answer)?, unread))
    }

    /// Opens an archive; says why it is refused.
    pub async fn open(
        &self,
        name: &str,
        file: &File,
    ) -> Result<Result<Archive, String>, DeskWorkerError> {
        let task = Task::Open(name.to_owned());
        match self.send(&task, &Array::of1(file), &Array::new()).await? {
            (Reply::Opened(count), _) => Ok(Ok(Archive { count, bag: None })),
            (Reply::OpenedBag(count, signer), _) => Ok(Ok(Archive { count, bag: Some(signer) })),
            (Reply::Failed(why), _) => Ok(Err(why)),
            _ => Err(DeskWorkerError),
        }
    }

    /// Receives the next entries of the open archive: none where there are no more.
    pub async fn next(&self, most: usize) -> Result<Arrived, DeskWorkerError> {
        arrived(self.send(&Task::Next(most), &Array::new(), &Array::new()).await?)
    }
}

/// The bytes of a file with a list of units, of which at most one more than a list may have.
async fn read(file: &File) -> Option<Uint8Array> {
    buffers(std::slice::from_ref(file), UNIT_LIST_LIMIT).await.into_iter().next().flatten()
}

fn arrived((reply, beside): (Reply, Array)) -> Result<Arrived, DeskWorkerError> {
    match reply {
        Reply::Arrived(arrivals) => Ok((arrivals, beside.iter().collect())),
        _ => Err(DeskWorkerError),
    }
}
