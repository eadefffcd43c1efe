//! Lines of rows on disk while they are gathered: in a file without a name, which is gone with the process.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use super::RegisterError;
use crate::desk::register::Shelf;

/// Bytes of the length before each line.
const HEAD: usize = 8;
/// So many bytes are written at once.
const AT_ONCE: usize = 1 << 16;
/// So many are read for a line at first: most lines are shorter.
const USUAL: usize = 1 << 12;

/// Lines in a temporary file, each behind its length.
pub(super) struct Spool {
    file: File,
    /// How long the file is.
    written: u64,
    /// What comes behind that.
    rest: Vec<u8>,
}

impl Spool {
    /// A new file.
    pub(super) fn new() -> Result<Spool, RegisterError> {
        Ok(Spool { file: tempfile::tempfile()?, written: 0, rest: Vec::new() })
    }
}

/// A line behind its length, where all of it is there; or how many bytes it takes.
fn line_of(bytes: &[u8]) -> Result<&[u8], usize> {
    let (head, line) = bytes.split_first_chunk::<HEAD>().ok_or(HEAD)?;
    let length = usize::try_from(u64::from_le_bytes(*head)).unwrap_or(usize::MAX);
    line.get(..length).ok_or(HEAD.saturating_add(length))
}

fn text_of(line: &[u8]) -> Result<String, RegisterError> {
    let text = std::str::from_utf8(line).map_err(std::io::Error::other)?;
    Ok(text.to_owned())
}

impl Shelf for Spool {
    type Error = RegisterError;

    fn put(&mut self, line: &str) -> Result<u64, RegisterError> {
        let place = self.written + self.rest.len() as u64;
        self.rest.extend_from_slice(&(line.len() as u64).to_le_bytes());
        self.rest.extend_from_slice(line.as_bytes());
        if self.rest.len() >= AT_ONCE {
            self.file.seek(SeekFrom::Start(self.written))?;
            self.file.write_all(&self.rest)?;
            self.written += self.rest.len() as u64;
            self.rest.clear();
        }
        Ok(place)
    }

    fn get(&self, place: u64) -> Result<String, RegisterError> {
        if let Some(skip) = place.checked_sub(self.written) {
            let skip = usize::try_from(skip).unwrap_or(usize::MAX);
            let line = line_of(self.rest.get(skip..).unwrap_or_default());
            return text_of(line.map_err(|_| std::io::Error::other("no such line"))?);
        }
        let mut file = &self.file;
        let mut bytes = Vec::with_capacity(USUAL);
        let mut wanted = USUAL;
        loop {
            file.seek(SeekFrom::Start(place + bytes.len() as u64))?;
            let more = (wanted - bytes.len()) as u64;
            let read = file.take(more).read_to_end(&mut bytes)?;
            match line_of(&bytes) {
                Ok(line) => return text_of(line),
                Err(_) if read == 0 => {
                    return Err(std::io::Error::other("a line is cut short").into());
                }
                Err(length) => wanted = length.max(bytes.len() + 1),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_again_in_the_file_and_before_it_is_written() {
        let mut spool = Spool::new().unwrap();
        let long = "ă".repeat(3 * AT_ONCE);
        let lines = ["", "a", &long, "b", &"c".repeat(USUAL), "d"];
        let places: Vec<u64> = lines.iter().map(|line| spool.put(line).unwrap()).collect();
        for (line, place) in lines.iter().zip(&places) {
            assert_eq!(spool.get(*place).unwrap(), **line);
        }
        assert!(spool.get(u64::MAX).is_err());
        assert!(spool.get(places[5] + 1).is_err());
    }
}
