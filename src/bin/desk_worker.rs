//! The desk's web worker: it opens archives, receives files, keeps the list and writes the register. Everything else is in
//! the library.
//!
//! It posts `true` once it listens, and answers each [`Task`] with a [`Reply`]. A message is an array: its own bytes, then
//! what is beside it. A file that crashes the worker ends it; the page starts another one.

use std::cell::RefCell;
use std::io::{Error, Read, Result as Outcome, Seek, SeekFrom};

use bon_tot::archive::answers::Answers;
use bon_tot::archive::{Archive, is_pdf, is_picture};
use bon_tot::desk::answer_name_of;
use bon_tot::desk::register::{Arrival, Reply, Task, UnitsTask, Work};
use bon_tot::pack::catalog::Catalog;
use bon_tot::sheets::sheets_of;
use js_sys::{Array, ArrayBuffer, Function, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::*;

/// How many bytes of an archive are read at once.
const AT_ONCE: u64 = 1 << 18;
/// The most bytes that are answered at once: the page stores them between two frames.
const ANSWER: usize = 1 << 18;

#[wasm_bindgen]
extern "C" {
    type FileReaderSync;
    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<FileReaderSync, JsValue>;
    #[wasm_bindgen(method, catch, js_name = readAsArrayBuffer)]
    fn read(this: &FileReaderSync, blob: &Blob) -> Result<ArrayBuffer, JsValue>;

    type Blob;
    #[wasm_bindgen(method, getter)]
    fn size(this: &Blob) -> f64;
    #[wasm_bindgen(method)]
    fn slice(this: &Blob, from: f64, to: f64) -> Blob;
}

/// A file on disk, of which only the part that is asked for is in memory.
struct Disk {
    reader: FileReaderSync,
    blob: Blob,
    length: u64,
    at: u64,
    /// What was read last, and from where on.
    from: u64,
    bytes: Vec<u8>,
}

impl Disk {
    fn of(blob: Blob) -> Result<Disk, JsValue> {
        let length = blob.size() as u64;
        Ok(Disk { reader: FileReaderSync::new()?, blob, length, at: 0, from: 0, bytes: Vec::new() })
    }
}

impl Read for Disk {
    fn read(&mut self, into: &mut [u8]) -> Outcome<usize> {
        let end = self.from + self.bytes.len() as u64;
        if self.at < self.from || self.at >= end {
            let to = self.length.min(self.at.saturating_add(AT_ONCE));
            let part = self.blob.slice(self.at as f64, to as f64);
            let read = self.reader.read(&part).map_err(|_| Error::other("the file is gone"))?;
            (self.from, self.bytes) = (self.at, Uint8Array::new(&read).to_vec());
        }
        let skip = usize::try_from(self.at - self.from).unwrap_or(usize::MAX);
        let rest = self.bytes.get(skip..).unwrap_or_default();
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Disk {
    fn seek(&mut self, to: SeekFrom) -> Outcome<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| Error::other("no such place"))?;
        Ok(self.at)
    }
}

struct State {
    work: Work,
    archive: Option<Archive<Disk>>,
    answers: Answers,
}

fn main() {
    let Ok(packs) = Catalog::built_in() else {
        return;
    };
    let state =
        RefCell::new(State { work: Work::new(packs), archive: None, answers: Answers::default() });
    let listen = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let message = Reflect::get(&event, &"data".into()).map(|data| Array::from(&data));
        let answer = message.ok().and_then(|message| {
            let mut state = state.try_borrow_mut().ok()?;
            state.answer(&message)
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

impl State {
    fn answer(&mut self, message: &Array) -> Option<JsValue> {
        let task = Task::from_bytes(&message.get(0).dyn_into::<Uint8Array>().ok()?.to_vec())?;
        let beside = Array::new();
        let reply = match &task {
            Task::Receive(names) => self.receive(names, message, &beside)?,
            Task::Open(name) => self.open(name, message.get(1).unchecked_into()),
            Task::Units(UnitsTask::File) => {
                let bytes = message.get(1).dyn_into::<Uint8Array>().ok()?.to_vec();
                self.work.take_sheets(sheets_of(bytes))
            }
            Task::Next(most) => self.next(*most, &beside)?,
            Task::Answer(pairs) => done(self.pack(pairs)),
            Task::Answers => match std::mem::take(&mut self.answers).finish() {
                Ok(bytes) => {
                    beside.push(&Uint8Array::from(&*bytes));
                    Reply::Done
                }
                Err(why) => Reply::Failed(why),
            },
            task => {
                let (reply, text) = self.work.answer(task)?;
                if let Some(text) = text {
                    beside.push(&Uint8Array::from(text.as_bytes()));
                }
                reply
            }
        };
        let answer = Array::of1(&Uint8Array::from(&*reply.to_bytes()?));
        Some(answer.concat(&beside).into())
    }

    /// One file; a picture or a PDF document is given back, since another worker reads it.
    fn one(&self, name: &str, bytes: &[u8], beside: &Array) -> Option<Arrival> {
        let arrival = match bytes {
            bytes if is_picture(bytes) => Arrival::Picture(name.to_owned()),
            bytes if is_pdf(bytes) => Arrival::Pdf(name.to_owned()),
            bytes => return self.work.receive(name, bytes),
        };
        beside.push(&Uint8Array::from(bytes));
        Some(arrival)
    }

    fn receive(&self, names: &[String], message: &Array, beside: &Array) -> Option<Reply> {
        let mut arrivals = Vec::with_capacity(names.len());
        for (name, bytes) in names.iter().zip(message.iter().skip(1)) {
            let bytes = bytes.dyn_into::<Uint8Array>().ok()?.to_vec();
            arrivals.push(self.one(name, &bytes, beside)?);
        }
        Some(Reply::Arrived(arrivals))
    }

    /// Packs appraisals, each of which stands behind its submission.
    fn pack(&mut self, pairs: &[(String, String)]) -> Result<(), String> {
        for (submission, appraisal) in pairs {
            let name = answer_name_of(submission).map_err(|error| error.to_string())?;
            self.answers.add(&name, appraisal)?;
        }
        Ok(())
    }

    fn open(&mut self, name: &str, blob: Blob) -> Reply {
        let disk = Disk::of(blob).map_err(|_| "the browser lends no file to a worker".to_owned());
        match disk.and_then(|disk| Archive::open(disk, name.to_owned())) {
            Ok(archive) => {
                let count = archive.count();
                self.archive = Some(archive);
                Reply::Opened(count)
            }
            Err(why) => Reply::Failed(why),
        }
    }

    /// The next entries; none where there are no more.
    fn next(&mut self, most: usize, beside: &Array) -> Option<Reply> {
        let Some(mut archive) = self.archive.take() else {
            return Some(Reply::Arrived(Vec::new()));
        };
        let (mut arrivals, mut size) = (Vec::new(), 0);
        while arrivals.len() < most && size < ANSWER {
            let Some(entry) = archive.next_entry() else {
                return Some(Reply::Arrived(arrivals));
            };
            arrivals.push(match entry.content {
                Ok(bytes) => {
                    size += bytes.len();
                    self.one(&entry.name, &bytes, beside)?
                }
                Err(why) => self.work.refuse(&entry.name, &why)?,
            });
        }
        self.archive = Some(archive);
        Some(Reply::Arrived(arrivals))
    }
}

fn done(result: Result<(), String>) -> Reply {
    result.map_or_else(Reply::Failed, |()| Reply::Done)
}
