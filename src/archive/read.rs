//! ZIP archives from anybody: entries are read into memory one by one, within limits, and nothing is unpacked to disk,
//! so that no name in an archive leads anywhere.

use std::collections::BTreeSet;
use std::io::{Read, Seek, SeekFrom};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::archive::bag;
use crate::json::FILE_LIMIT;

/// The most bytes of a picture or a PDF document.
pub const PICTURE_LIMIT: usize = 64 << 20;
/// The most entries: more need ZIP64, which is not read.
const ENTRIES_LIMIT: u16 = u16::MAX - 1;
/// The most bytes of all entries of an archive together.
const TOTAL_LIMIT: u64 = 4 << 30;
/// What is said of an archive that has more.
const TOO_MUCH: &str = "the archive unpacks to more than 4 GiB";
/// The record at the end of an archive (APPNOTE 4.3.16): its signature, its length, where the count of entries stands, and
/// the most bytes of the comment behind it.
const END: [u8; 4] = *b"PK\x05\x06";
const END_LENGTH: usize = 22;
const COUNT_AT: usize = 10;
const COMMENT_LIMIT: u64 = u16::MAX as u64;
/// How the record of an entry begins, and so an archive in an archive.
pub const ENTRY: [u8; 4] = *b"PK\x03\x04";
/// How PNG, JPEG and PDF begin.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";
const PDF: &[u8] = b"%PDF-";

/// Is it a picture, PNG or JPEG?
pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(PNG) || bytes.starts_with(JPEG)
}

/// Is it a PDF document?
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(PDF)
}

/// An entry of an archive, or what is to be said of the archive itself.
pub struct Entry {
    /// Its name, behind that of the archive.
    pub name: String,
    /// What it holds; why it is refused, in words.
    pub content: Result<Vec<u8>, String>,
}

/// An archive that is being read.
pub struct Archive<R> {
    name: String,
    zip: ZipArchive<R>,
    next: usize,
    /// How many bytes may still be read of all entries.
    left: u64,
    /// Where it is a bag: the folder that it is in.
    bag: Option<String>,
    /// How many entries cannot be reached, since another one has the same name.
    hidden: usize,
    /// The entries that are none of those to be received.
    passed_over: BTreeSet<usize>,
    /// How many bytes may still be looked at beforehand.
    looks: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive.
    ///
    /// # Errors
    /// Why it is refused, in words.
    pub fn open(mut file: R, name: String) -> Result<Archive<R>, String> {
        let unreadable = |error: std::io::Error| format!("the archive cannot be read: {error}");
        let stated = stated_count(&mut file).map_err(unreadable)?;
        let stated = stated.ok_or("this is no ZIP archive, or only a part of one")?;
        if stated > ENTRIES_LIMIT {
            return Err(format!("the archive has more than {ENTRIES_LIMIT} entries"));
        }
        let zip = ZipArchive::new(file).map_err(|error| told(&error))?;
        let hidden = usize::from(stated).saturating_sub(zip.len());
        let bag = bag::base(&zip);
        let passed_over = BTreeSet::new();
        let (left, looks) = (TOTAL_LIMIT, TOTAL_LIMIT);
        Ok(Archive { name, zip, next: 0, left, bag, hidden, passed_over, looks })
    }

    /// Is it a bag? Of one, only the signed files are entries.
    pub fn is_bag(&self) -> bool {
        self.bag.is_some()
    }

    /// The archive as it was opened, to be read in another way.
    pub fn into_zip(self) -> ZipArchive<R> {
        self.zip
    }

    /// How many entries there are, folders included.
    pub fn count(&self) -> usize {
        self.zip.len()
    }

    /// The next entry that is no folder; what is to be said of the archive itself is the last one.
    pub fn next_entry(&mut self) -> Option<Entry> {
        while self.next < self.zip.len() {
            if self.left == 0 {
                let rest = self.zip.len() - self.next;
                self.next = self.zip.len();
                return Some(
                    self.of_itself(format!("{TOO_MUCH}; entries that were not read: {rest}")),
                );
            }
            let index = self.next;
            self.next += 1;
            let inner = self.inner_name(index);
            // What a bag says of its files is found out, not believed.
            let is_of_bag =
                self.bag.as_ref().is_some_and(|base| !bag::is_signed_file(&inner, base));
            if inner.ends_with('/') || is_of_bag || self.passed_over.contains(&index) {
                continue;
            }
            let name = format!("{}/{inner}", self.name);
            let content = match self.read(index) {
                Ok(bytes) if is_archive(&inner, &bytes) => {
                    Err("an archive within an archive is not opened: unpack it and send its files"
                        .into())
                }
                read => read,
            };
            return Some(Entry { name, content });
        }
        if self.hidden == 0 {
            return None;
        }
        let hidden = std::mem::take(&mut self.hidden);
        Some(self.of_itself(format!(
            "entries that have the name of another one in the archive, and were not read: {hidden}"
        )))
    }

    fn inner_name(&self, index: usize) -> String {
        match self.zip.name_for_index(index) {
            Some(Ok(name)) => name.replace('\\', "/"),
            // Its name is no text; what is read of it says why.
            _ => format!("entry {}", index + 1),
        }
    }

    /// The name of an entry, behind that of the archive.
    pub fn name_of(&self, index: usize) -> String {
        format!("{}/{}", self.name, self.inner_name(index))
    }

    /// The files in a folder, which ends with a slash, wherever it lies.
    pub fn in_folder(&self, folder: &str) -> BTreeSet<usize> {
        let is_inside = |index: &usize| {
            let name = self.inner_name(*index);
            let at = name.find(folder).filter(|at| *at == 0 || name[..*at].ends_with('/'));
            at.is_some() && !name.ends_with('/')
        };
        (0..self.zip.len()).filter(is_inside).collect()
    }

    /// An entry of at most `limit` bytes, looked at before it is its turn; `None` where it is longer or cannot be read.
    pub fn look(&mut self, index: usize, limit: usize) -> Option<Vec<u8>> {
        let entry = self.zip.by_index(index).ok()?;
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return None;
        }
        let mut bytes = Vec::new();
        let read = entry.take((limit as u64 + 1).min(self.looks)).read_to_end(&mut bytes);
        self.looks -= bytes.len() as u64;
        (read.is_ok() && bytes.len() <= limit && self.looks > 0).then_some(bytes)
    }

    /// From now on these are no entries.
    pub fn pass_over(&mut self, entries: BTreeSet<usize>) {
        self.passed_over.extend(entries);
    }

    fn of_itself(&self, why: String) -> Entry {
        Entry { name: self.name.clone(), content: Err(why) }
    }

    /// Reads an entry as a file is read. What it states of its size is not believed.
    fn read(&mut self, index: usize) -> Result<Vec<u8>, String> {
        let mut entry = self.zip.by_index(index).map_err(|error| told(&error))?;
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(told(&ZipError::CompressionMethodNotSupported(0)));
        }
        let mut bytes = Vec::new();
        let mut read = Ok(0);
        for limit in [FILE_LIMIT, PICTURE_LIMIT] {
            let room = (limit as u64 + 1).saturating_sub(bytes.len() as u64).min(self.left);
            read = entry.by_ref().take(room).read_to_end(&mut bytes);
            if let Ok(count) = &read {
                self.left -= *count as u64;
            }
            if read.is_err() || bytes.len() <= FILE_LIMIT || !(is_picture(&bytes) || is_pdf(&bytes))
            {
                break;
            }
        }
        match read {
            // It may be the last of all that fits, or the first that does not.
            Ok(_) if self.left == 0 => Err(TOO_MUCH.to_owned()),
            Ok(_) => Ok(bytes),
            Err(error) => Err(format!("the entry is damaged: {error}")),
        }
    }
}

fn is_archive(name: &str, bytes: &[u8]) -> bool {
    bytes.starts_with(&ENTRY) || bytes.starts_with(&END) || name.to_lowercase().ends_with(".zip")
}

/// How many entries the archive says that it has; `None` where it is none.
fn stated_count(file: &mut (impl Read + Seek)) -> std::io::Result<Option<u16>> {
    let length = file.seek(SeekFrom::End(0))?;
    let start = length.saturating_sub(END_LENGTH as u64 + COMMENT_LIMIT);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.take(length - start).read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    let ends = tail.windows(END_LENGTH).rfind(|end| end.starts_with(&END));
    Ok(ends.map(|end| u16::from_le_bytes([end[COUNT_AT], end[COUNT_AT + 1]])))
}

/// Why an archive or an entry is not read, in words.
fn told(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            "the entry is locked by a password".to_owned()
        }
        ZipError::CompressionMethodNotSupported(_) => {
            "the entry is compressed in another way than by DEFLATE".to_owned()
        }
        error => format!("the archive is damaged: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn an_archive_that_unpacks_to_too_much_is_read_up_to_the_limit() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a", "b", "c", "d"] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&[b'['; 1000]).unwrap();
        }
        let file = zip.finish().unwrap();
        let mut archive = Archive::open(file, "x.zip".to_owned()).unwrap();
        archive.left = 2500;
        let mut told = Vec::new();
        while let Some(Entry { name, content }) = archive.next_entry() {
            told.push((name, content.map_or_else(|why| why, |bytes| bytes.len().to_string())));
        }
        let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["x.zip/a", "x.zip/b", "x.zip/c", "x.zip"]);
        assert_eq!((told[0].1.as_str(), told[2].1.as_str()), ("1000", TOO_MUCH));
        assert!(told[3].1.ends_with("not read: 1"), "{}", told[3].1);
    }
}
