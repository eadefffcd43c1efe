//! Lines of rows on disk while they are gathered: in a file without a name, which is gone with the process.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use super::RegisterError;
use crate::desk::register::Shelf;

/// Bytes of the length before each line.
const HEAD: usize = 8;

/// Lines in a temporary file, each behind its length.
pub(super) struct Spool {
    file: File,
    end: u64,
}

impl Spool {
    /// A new file.
    pub(super) fn new() -> Result<Spool, RegisterError> {
        Ok(Spool { file: tempfile::tempfile()?, end: 0 })
    }
}

impl Shelf for Spool {
    type Error = RegisterError;

    fn put(&mut self, line: &str) -> Result<u64, RegisterError> {
        let mut bytes = (line.len() as u64).to_le_bytes().to_vec();
        bytes.extend_from_slice(line.as_bytes());
        let place = self.end;
        self.file.seek(SeekFrom::Start(place))?;
        self.file.write_all(&bytes)?;
        self.end += bytes.len() as u64;
        Ok(place)
    }

    fn get(&self, place: u64) -> Result<String, RegisterError> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(place))?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head)?;
        let mut line = String::new();
        file.take(u64::from_le_bytes(head)).read_to_string(&mut line)?;
        Ok(line)
    }
}
