//! An archive that is written: files that go back to who sent others.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive that is being written.
pub struct Answers {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    /// How many entries have a name.
    names: BTreeMap<String, usize>,
}

impl Default for Answers {
    fn default() -> Answers {
        Answers { zip: ZipWriter::new(Cursor::new(Vec::new())), names: BTreeMap::new() }
    }
}

impl Answers {
    /// Adds a file. Another one of the same name gets a number.
    ///
    /// # Errors
    /// Why it cannot be added, in words.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), String> {
        let count = self.names.entry(name.to_owned()).or_insert(0);
        *count += 1;
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
        let name = if *count == 1 { name.to_owned() } else { format!("{stem}-{count}.{end}") };
        let started = self.zip.start_file(name, SimpleFileOptions::default());
        started.map_err(|error| error.to_string())?;
        self.zip.write_all(text.as_bytes()).map_err(|error| error.to_string())
    }

    /// The archive.
    ///
    /// # Errors
    /// Why it cannot be written, in words.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        let bytes = self.zip.finish().map_err(|error| error.to_string())?;
        Ok(bytes.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Archive;

    #[test]
    fn what_is_written_is_read_and_no_name_stands_twice() {
        let mut answers = Answers::default();
        for (name, text) in [("a.json", "one"), ("b.json", "two"), ("a.json", "three")] {
            answers.add(name, text).unwrap();
        }
        let bytes = answers.finish().unwrap();
        let mut archive = Archive::open(Cursor::new(bytes), "z.zip".into()).unwrap();
        let mut found = Vec::new();
        while let Some(entry) = archive.next_entry() {
            found.push((entry.name, String::from_utf8(entry.content.unwrap()).unwrap()));
        }
        let expected =
            [("z.zip/a.json", "one"), ("z.zip/b.json", "two"), ("z.zip/a-2.json", "three")];
        assert_eq!(found, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    }
}
