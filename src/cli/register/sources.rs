//! Where files come from: folders, archives, single files.

use std::fs::{self, File, ReadDir};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::vec::IntoIter;

use crate::archive::{Archive, Entry, PICTURE_LIMIT, is_pdf, is_picture};
use crate::bag::{Beside, match_attached};
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

/// Every file of some paths, found one by one and in no order: the register has one of its own. Links within folders are
/// found, but not followed.
pub(super) struct Sources {
    paths: IntoIter<PathBuf>,
    /// The folders that are being read, each within the one before it.
    folders: Vec<ReadDir>,
    out: Option<PathBuf>,
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
        let mut count = 0;
        for path in paths {
            if !files::is_stdin(path) {
                let source = |source| CliError::Unreadable { file: files::name(path), source };
                fs::metadata(path).map_err(source)?;
            }
            count += count_of(path)?;
        }
        let all = Arc::new(AtomicUsize::new(count));
        let paths: Vec<PathBuf> = paths.to_vec();
        let folders = Vec::new();
        Ok(Sources { paths: paths.into_iter(), folders, out, archive: None, all })
    }

    /// How many files there are, as far as is known.
    pub(super) fn all(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.all)
    }

    /// Is it the register that is written?
    fn is_out(&self, path: &Path) -> bool {
        let is_it = |out: &PathBuf| {
            path.file_name() == out.file_name()
                && fs::canonicalize(path).is_ok_and(|own| own == *out)
        };
        self.out.as_ref().is_some_and(is_it)
    }

    /// The next path that is no folder, and whether it is a link within one; or why a folder cannot be read on.
    fn next_path(&mut self) -> Option<Result<(PathBuf, bool), (PathBuf, std::io::Error)>> {
        loop {
            let (path, is_link) = match self.folders.last_mut() {
                None => (self.paths.next()?, false),
                Some(folder) => match folder.next() {
                    None => {
                        self.folders.pop();
                        continue;
                    }
                    Some(Err(error)) => return Some(Err((PathBuf::new(), error))),
                    Some(Ok(entry)) => match entry.file_type() {
                        Ok(kind) => (entry.path(), kind.is_symlink()),
                        Err(error) => return Some(Err((entry.path(), error))),
                    },
                },
            };
            if is_link || !path.is_dir() {
                return Some(Ok((path, is_link)));
            }
            match fs::read_dir(&path) {
                Ok(folder) => self.folders.push(folder),
                Err(error) => return Some(Err((path, error))),
            }
        }
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
            Ok(mut archive) => {
                if archive.is_bag() {
                    print::tell(&format!(
                        "{} is a bag: its files are received; --merge takes its register too",
                        print::path(&name)
                    ));
                }
                for beside in match_attached(&mut archive) {
                    print::tell(&told(&beside));
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
            let (path, is_link) = match self.next_path()? {
                Ok(found) => found,
                // It could be read when it was counted.
                Err((path, error)) => {
                    let content = Content::Refused(format!("the folder cannot be read: {error}"));
                    return Some(Input { name: text_of(&path), content });
                }
            };
            if !self.is_out(&path)
                && let Some(input) = self.open(path, is_link)
            {
                return Some(input);
            }
        }
    }
}

/// How many files a folder and those within it have; a path that is no folder is one itself.
fn count_of(path: &Path) -> Result<usize, CliError> {
    if !path.is_dir() {
        return Ok(1);
    }
    let unreadable = |source| CliError::Unreadable { file: files::name(path), source };
    let mut count = 0;
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let is_folder = entry.file_type().map_err(unreadable)?.is_dir();
        count += if is_folder { count_of(&entry.path())? } else { 1 };
    }
    Ok(count)
}

/// What became of the files that a submission names, in a line.
fn told(beside: &Beside) -> String {
    let Beside { file, matched, missing } = beside;
    let all = matched + missing.len();
    let missing: Vec<_> = missing.iter().map(|name| print::told(name)).collect();
    let missing = match &missing[..] {
        [] => String::new(),
        missing => format!("; missing: {}", missing.join(", ")),
    };
    format!("{}: attached files: {matched} of {all} match{missing}", print::path(file))
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
