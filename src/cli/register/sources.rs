//! Where files come from: folders, archives, single files.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::vec::IntoIter;

use crate::archive::{Archive, Entry, PICTURE_LIMIT, is_pdf, is_picture};
use crate::cli::{CliError, files, print};
use crate::json::FILE_LIMIT;

/// What was found of a file.
pub(super) enum Content {
    /// It is still to be read.
    Path(PathBuf),
    /// It came from an archive.
    Bytes(Vec<u8>),
    /// It cannot be read, and why.
    Refused(String),
}

/// A file to receive.
pub(super) struct Input {
    /// Its name in the register.
    pub(super) name: String,
    /// What it holds.
    pub(super) content: Content,
}

/// Every file of some paths. Names are found at once, content one by one.
pub(super) struct Sources {
    paths: IntoIter<(PathBuf, bool)>,
    archive: Option<Archive<BufReader<File>>>,
    all: Arc<AtomicUsize>,
}

impl Sources {
    /// Finds the files; the register that is written is none of them.
    ///
    /// # Errors
    /// A path that is given does not exist, or a folder cannot be read.
    pub(super) fn of(paths: &[PathBuf], out: &Path) -> Result<Sources, CliError> {
        let out = fs::canonicalize(out).ok();
        let mut found = Vec::new();
        for path in paths {
            if !files::is_stdin(path) {
                let source = |source| CliError::Unreadable { file: files::name(path), source };
                fs::metadata(path).map_err(source)?;
            }
            walk(path, false, out.as_deref(), &mut found)?;
        }
        let all = Arc::new(AtomicUsize::new(found.len()));
        Ok(Sources { paths: found.into_iter(), archive: None, all })
    }

    /// How many files there are, as far as is known.
    pub(super) fn all(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.all)
    }

    /// A file by itself, or the first of an archive.
    fn open(&mut self, path: PathBuf, is_link: bool) -> Option<Input> {
        let name = text_of(&path);
        if is_link {
            let why = "this is a link to somewhere else, and is not followed".to_owned();
            return Some(Input { name, content: Content::Refused(why) });
        }
        let is_archive = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
        if !is_archive {
            return Some(Input { name, content: Content::Path(path) });
        }
        let file =
            File::open(&path).map_err(|error| format!("the archive cannot be read: {error}"));
        match file.and_then(|file| Archive::open(BufReader::new(file), name.clone())) {
            Ok(archive) => {
                if archive.is_bag() {
                    print::tell(&format!(
                        "{} is a bag: its files are received; --merge takes its register too",
                        print::path(&name)
                    ));
                }
                // The archive was counted as one file.
                self.all.fetch_add(archive.count(), Ordering::Relaxed);
                self.all.fetch_sub(1, Ordering::Relaxed);
                self.archive = Some(archive);
                None
            }
            Err(why) => Some(Input { name, content: Content::Refused(why) }),
        }
    }
}

impl Iterator for Sources {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            if let Some(archive) = &mut self.archive {
                match archive.next_entry() {
                    Some(Entry { name, content }) => {
                        let content = content.map_or_else(Content::Refused, Content::Bytes);
                        return Some(Input { name, content });
                    }
                    None => self.archive = None,
                }
            }
            let (path, is_link) = self.paths.next()?;
            if let Some(input) = self.open(path, is_link) {
                return Some(input);
            }
        }
    }
}

/// Every file in a folder and in those within it, in order; a path that is no folder is one itself. Links within
/// folders are found, but not followed.
fn walk(
    path: &Path,
    is_link: bool,
    out: Option<&Path>,
    found: &mut Vec<(PathBuf, bool)>,
) -> Result<(), CliError> {
    if is_link || !path.is_dir() {
        if out.is_none_or(|out| fs::canonicalize(path).ok().as_deref() != Some(out)) {
            found.push((path.to_owned(), is_link));
        }
        return Ok(());
    }
    let unreadable = |source| CliError::Unreadable { file: files::name(path), source };
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let is_link = entry.file_type().map_err(unreadable)?.is_symlink();
        entries.push((entry.path(), is_link));
    }
    entries.sort();
    for (path, is_link) in entries {
        walk(&path, is_link, out, found)?;
    }
    Ok(())
}

/// A path as it is written in a register, the same on every system.
fn text_of(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// Reads a file: all of a picture or a PDF document, and of any other as much as shows that it is too large.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let read = |limit| files::read(path, limit).map_err(|error| error.to_string());
    let bytes = read(FILE_LIMIT)?;
    if bytes.len() > FILE_LIMIT && (is_picture(&bytes) || is_pdf(&bytes)) {
        return read(PICTURE_LIMIT);
    }
    Ok(bytes)
}
