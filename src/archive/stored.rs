//! A ZIP archive of few files that are stored as they are (APPNOTE 6.3.10): pictures do not get smaller by DEFLATE. It
//! is handed out in pieces, so that files in JavaScript memory go between them.

/// The first and the later versions of the format that it takes to read it: 1.0.
const NEEDED: u16 = 10;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// 1 January 1980, 0:00: no clock is read, so that the same files give the same archive.
const DAY: u16 = 0x21;

/// An archive that is being written. The pieces stand behind each other: for each file what [`StoredZip::file`] returns
/// and the bytes of the file, and at the end what [`StoredZip::end`] returns.
#[derive(Default)]
pub struct StoredZip {
    directory: Vec<u8>,
    count: u16,
    /// How many bytes were written.
    at: u32,
}

impl StoredZip {
    /// Adds a file; returns what stands before its bytes, or `None` where the archive would be longer than 4 GiB or have
    /// more than 65,534 files.
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        let (size, long) = (u32::try_from(bytes.len()).ok()?, u16::try_from(name.len()).ok()?);
        let count = self.count.checked_add(1).filter(|count| *count < u16::MAX)?;
        let mut facts = Vec::new();
        for short in [NEEDED, UTF8, 0, 0, DAY] {
            facts.extend(short.to_le_bytes());
        }
        for word in [crc32(bytes), size, size] {
            facts.extend(word.to_le_bytes());
        }
        for short in [long, 0] {
            facts.extend(short.to_le_bytes());
        }
        let head = [b"PK\x03\x04", &facts[..], name.as_bytes()].concat();
        let next = u32::try_from(head.len()).ok()?.checked_add(size)?.checked_add(self.at)?;
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(NEEDED.to_le_bytes());
        self.directory.extend(&facts);
        // No comment, on the first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(self.at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        (self.at, self.count) = (next, count);
        Some(head)
    }

    /// The end of the archive; `None` where it would be longer than 4 GiB.
    pub fn end(mut self) -> Option<Vec<u8>> {
        let size = u32::try_from(self.directory.len()).ok()?;
        self.at.checked_add(size)?;
        self.directory.extend(b"PK\x05\x06\0\0\0\0");
        for short in [self.count, self.count] {
            self.directory.extend(short.to_le_bytes());
        }
        for word in [size, self.at] {
            self.directory.extend(word.to_le_bytes());
        }
        self.directory.extend([0; 2]);
        Some(self.directory)
    }
}

/// The table of CRC-32, in steps of a byte.
static TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut place = 0;
    while place < 256 {
        let (mut value, mut bit) = (place as u32, 0);
        while bit < 8 {
            value = if value & 1 == 1 { value >> 1 ^ 0xedb8_8320 } else { value >> 1 };
            bit += 1;
        }
        table[place] = value;
        place += 1;
    }
    table
};

/// The checksum of ZIP (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |value: u32, byte: &u8| {
        let [low, ..] = value.to_le_bytes();
        TABLE[usize::from(low ^ byte)] ^ value >> 8
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
#[cfg(feature = "archive")]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::archive::Archive;

    fn written(files: &[(String, Vec<u8>)]) -> Vec<u8> {
        let (mut zip, mut out) = (StoredZip::default(), Vec::new());
        for (name, bytes) in files {
            out.extend(zip.file(name, bytes).unwrap());
            out.extend(bytes);
        }
        out.extend(zip.end().unwrap());
        out
    }

    #[test]
    fn the_checksum_is_that_of_zip() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_by_another_library(
            files in proptest::collection::btree_map("[a-zà-ỹ/._-]{1,20}[a-z]", proptest::collection::vec(0u8.., 0..300), 0..6),
        ) {
            let files: Vec<_> = files.into_iter().map(|(name, bytes)| (name, [b"x", &bytes[..]].concat())).collect();
            let mut archive = Archive::open(Cursor::new(written(&files)), "z".to_owned()).unwrap();
            let mut found = Vec::new();
            while let Some(entry) = archive.next_entry() {
                found.push((entry.name, entry.content.unwrap()));
            }
            let expected: Vec<_> =
                files.into_iter().map(|(name, bytes)| (format!("z/{name}"), bytes)).collect();
            assert_eq!(found, expected);
        }
    }
}
