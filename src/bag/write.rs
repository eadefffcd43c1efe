//! Writing a bag.

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{DateTime, ZipWriter};

use super::{
    APPRAISALS, DECLARATION, INFO, Kept, MANIFEST, REGISTER, SIGNATURE, SUBMISSIONS, TAG_MANIFEST,
    hex,
};
use crate::desk::register::{Register, RowError, Settled, Shelf, Totals};
use crate::value::Date;

/// The most files of a bag besides those that every bag has: more need ZIP64, which is not read here.
const FILES_LIMIT: usize = 65_000;

/// Why a bag is not written.
#[derive(Debug, thiserror::Error)]
pub enum BagWriteError {
    /// There are more files than a bag takes.
    #[error("{0} files are too many for one bag")]
    ManyFiles(usize),
    /// What is written cannot be put there.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What a bag is made of.
pub struct Contents<'a, S, K> {
    /// The folder that all its files are in.
    pub base: &'a str,
    /// The register.
    pub register: &'a Register<S>,
    /// The files.
    pub kept: &'a Kept<K>,
    /// The day on which it is made.
    pub day: Date,
}

/// A bag that is being written.
struct Writer<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    base: String,
    /// Lines of the manifest that is being gathered.
    manifest: Vec<(String, String)>,
    bytes: u64,
}

/// A bag to which only the signature may still come.
pub struct Unsigned<W: Write> {
    writer: Writer<W>,
    tags: String,
}

/// Writes a bag of all files and all rows; each row is shown to `note`. Says how many files have each status.
///
/// # Errors
/// [`BagWriteError`], what the shelves say, or `note`.
pub fn write<W: Write, S: Shelf, K: Shelf, E>(
    out: W,
    contents: &Contents<'_, S, K>,
    mut note: impl FnMut(&Settled) -> Result<(), E>,
) -> Result<(Unsigned<W>, Totals), E>
where
    E: From<BagWriteError> + From<S::Error> + From<K::Error> + From<RowError>,
{
    let Contents { base, register, kept, day } = *contents;
    if kept.count() > FILES_LIMIT {
        return Err(BagWriteError::ManyFiles(kept.count()).into());
    }
    let zip = ZipWriter::new_stream(out);
    let mut bag = Writer { zip, base: base.to_owned(), manifest: Vec::new(), bytes: 0 };
    for (folder, files) in [(SUBMISSIONS, &kept.submissions), (APPRAISALS, &kept.appraisals)] {
        for (digest, copies) in files {
            for (number, place) in copies.values().enumerate() {
                let copy = if number > 0 { format!(".{}", number + 1) } else { String::new() };
                let text = kept.text(*place)?;
                bag.file(&format!("{folder}{digest}{copy}.json"), text.as_bytes())?;
            }
        }
    }
    bag.begin(REGISTER)?;
    let (mut hash, mut length) = (Sha256::new(), 0);
    let totals = register.rows::<E>(|settled| {
        note(&settled)?;
        hash.update(settled.line.as_bytes());
        length += settled.line.len() as u64;
        Ok(bag.put(settled.line.as_bytes())?)
    })?;
    bag.note(REGISTER, &hex(hash), length);
    let payload = std::mem::take(&mut bag.manifest);
    let info = format!(
        "Bag-Software-Agent: bontot {}\nBagging-Date: {day}\nExternal-Description: Register of received \
         self-assessments, with the signed files\nPayload-Oxum: {}.{}\n",
        env!("CARGO_PKG_VERSION"),
        bag.bytes,
        payload.len()
    );
    bag.file(DECLARATION.0, DECLARATION.1.as_bytes())?;
    bag.file(INFO, info.as_bytes())?;
    bag.file(MANIFEST, lines(payload).as_bytes())?;
    let tags = lines(std::mem::take(&mut bag.manifest));
    bag.file(TAG_MANIFEST, tags.as_bytes())?;
    Ok((Unsigned { writer: bag, tags }, totals))
}

impl<W: Write> Unsigned<W> {
    /// What is signed: the manifest of the other files, which names the digest of the first one.
    pub fn tags(&self) -> &str {
        &self.tags
    }

    /// Ends the bag, with the signature over its manifest where there is one; gives what it was written to.
    ///
    /// # Errors
    /// What is written cannot be put there.
    pub fn finish(mut self, signature: Option<&str>) -> Result<W, BagWriteError> {
        if let Some(signature) = signature {
            self.writer.file(SIGNATURE, signature.as_bytes())?;
        }
        let out = self.writer.zip.finish().map_err(io::Error::from)?;
        Ok(out.into_inner())
    }
}

impl<W: Write> Writer<W> {
    fn begin(&mut self, name: &str) -> Result<(), BagWriteError> {
        // The same files give the same bag, whenever it is written.
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        let begun = self.zip.start_file(format!("{}/{name}", self.base), options);
        Ok(begun.map_err(io::Error::from)?)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), BagWriteError> {
        Ok(self.zip.write_all(bytes)?)
    }

    fn note(&mut self, name: &str, digest: &str, length: u64) {
        self.manifest.push((name.to_owned(), digest.to_owned()));
        self.bytes += length;
    }

    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), BagWriteError> {
        self.begin(name)?;
        self.put(bytes)?;
        self.note(name, &hex(Sha256::new_with_prefix(bytes)), bytes.len() as u64);
        Ok(())
    }
}

/// A manifest: a digest and a name on each line, in the order of names.
fn lines(mut files: Vec<(String, String)>) -> String {
    files.sort();
    files.into_iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect()
}
