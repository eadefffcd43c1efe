//! Writing a bag.

use std::io::Write;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{DateTime, ZipWriter};

use super::{
    APPRAISALS, DECLARATION, INFO, Kept, MANIFEST, REGISTER, SIGNATURE, SUBMISSIONS, TAG_MANIFEST,
    hex,
};
use crate::cli::register::RegisterError;
use crate::cli::register::spool::Spool;
use crate::cli::{CliError, files, time};
use crate::desk::register::{Register, Settled, Totals};
use crate::seal::{SecretKey, sign_bag};
use crate::value::Date;

/// The most files of a bag besides those that every bag has: more need ZIP64, which is not read here.
const FILES_LIMIT: usize = 65_000;

/// A bag that is being written.
struct Bag<'a, W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    /// The folder that all files are in.
    base: String,
    out: &'a Path,
    /// Lines of the manifest that is being gathered.
    manifest: Vec<(String, String)>,
    bytes: u64,
}

/// Writes a bag of all files and all rows; each row is shown to `note`. Says how many files have each status.
pub(in crate::cli::register) fn write(
    out: &mut dyn Write,
    path: &Path,
    register: &Register<Spool>,
    kept: &Kept,
    signed: (Option<&SecretKey>, Date),
    mut note: impl FnMut(&Settled) -> Result<(), CliError>,
) -> Result<Totals, CliError> {
    let (key, day) = signed;
    if kept.count() > FILES_LIMIT {
        return Err(RegisterError::ManyFiles(kept.count()).into());
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let base = stem.unwrap_or_else(|| "register".to_owned());
    let zip = ZipWriter::new_stream(out);
    let mut bag = Bag { zip, base, out: path, manifest: Vec::new(), bytes: 0 };
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
    let totals = register.rows(|settled| {
        note(&settled)?;
        hash.update(settled.line.as_bytes());
        length += settled.line.len() as u64;
        bag.put(settled.line.as_bytes())
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
    if let Some(key) = key {
        bag.file(SIGNATURE, sign_bag(&tags, key, time::now()?).as_bytes())?;
    }
    let failed = |error: zip::result::ZipError| unwritable(path, error.into());
    bag.zip.finish().map_err(failed)?;
    Ok(totals)
}

fn unwritable(path: &Path, source: std::io::Error) -> CliError {
    CliError::Unwritable { file: files::name(path), source }
}

impl<W: Write> Bag<'_, W> {
    fn begin(&mut self, name: &str) -> Result<(), CliError> {
        // The same files give the same bag, whenever it is written.
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        let begun = self.zip.start_file(format!("{}/{name}", self.base), options);
        begun.map_err(|error| unwritable(self.out, error.into()))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        self.zip.write_all(bytes).map_err(|error| unwritable(self.out, error))
    }

    fn note(&mut self, name: &str, digest: &str, length: u64) {
        self.manifest.push((name.to_owned(), digest.to_owned()));
        self.bytes += length;
    }

    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), CliError> {
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
