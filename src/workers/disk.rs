//! A file that the page lends to a worker.

use std::io::{Error, Read, Result as Outcome, Seek, SeekFrom};

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;

/// How many bytes of an archive are read at once.
const AT_ONCE: u64 = 1 << 18;
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
pub struct Disk {
    reader: FileReaderSync,
    blob: Blob,
    length: u64,
    at: u64,
    /// What was read last, and from where on.
    from: u64,
    bytes: Vec<u8>,
}

impl Disk {
    /// The file at a place of a message.
    ///
    /// # Errors
    /// The browser lends no file to a worker, in words.
    pub fn at(message: &Array, place: u32) -> Result<Disk, String> {
        let blob: Blob = message.get(place).unchecked_into();
        let length = blob.size() as u64;
        let reader = FileReaderSync::new();
        let reader = reader.map_err(|_| "the browser lends no file to a worker".to_owned())?;
        Ok(Disk { reader, blob, length, at: 0, from: 0, bytes: Vec::new() })
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
