//! Reading and writing files. `-` as an input is standard input.

use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use tempfile::NamedTempFile;

use crate::cli::{CliError, print};
use crate::json::FILE_LIMIT;
use crate::seal::LockedKey;

/// Standard input can be read to its end once.
static STDIN_TAKEN: AtomicBool = AtomicBool::new(false);

/// Is the input standard input?
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The name of an input for messages.
pub(super) fn name(path: &Path) -> String {
    if is_stdin(path) {
        "standard input".to_owned()
    } else {
        print::plain(&path.to_string_lossy()).into_owned()
    }
}

/// Reads an input: at most `limit + 1` bytes, so that the parser sees that it is too large, and a huge
/// file cannot fill the memory.
pub(super) fn read(path: &Path, limit: usize) -> Result<Vec<u8>, CliError> {
    let bound = u64::try_from(limit).map_or(u64::MAX, |limit| limit.saturating_add(1));
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        if STDIN_TAKEN.swap(true, Ordering::Relaxed) {
            return Err(CliError::StdinTwice);
        }
        io::stdin().lock().take(bound).read_to_end(&mut bytes)
    } else {
        // Opening a pipe waits for a writer, so it is looked at before.
        match fs::metadata(path) {
            Ok(found) if is_special(found.file_type()) => {
                return Err(CliError::NotAFile(name(path)));
            }
            Ok(_) => File::open(path).and_then(|file| file.take(bound).read_to_end(&mut bytes)),
            Err(error) => Err(error),
        }
    };
    read.map_err(|source| CliError::Unreadable { file: name(path), source })?;
    Ok(bytes)
}

/// The most bytes of a line of NDJSON: a file whose signs are all written with escapes of twice or three times their
/// length, and its name.
const LINE_LIMIT: u64 = 3 * FILE_LIMIT as u64 + (64 << 10);

/// The lines of an input, one by one, without their ends; `None` for a line that is too long, of which nothing is kept.
pub(super) fn lines(
    path: &Path,
) -> Result<impl Iterator<Item = Result<Option<Vec<u8>>, CliError>> + Send, CliError> {
    let file = name(path);
    let unreadable = move |source| CliError::Unreadable { file: file.clone(), source };
    let input: Box<dyn Read + Send> = if is_stdin(path) {
        if STDIN_TAKEN.swap(true, Ordering::Relaxed) {
            return Err(CliError::StdinTwice);
        }
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(&unreadable)?)
    };
    let mut input = BufReader::new(input);
    Ok(std::iter::from_fn(move || next_line(&mut input).map_err(&unreadable).transpose()))
}

/// The next line, or nothing at the end.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Option<Vec<u8>>>> {
    let mut line = Vec::new();
    if input.take(LINE_LIMIT).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.ends_with(b"\n") {
        line.pop();
        return Ok(Some(Some(line)));
    }
    if (line.len() as u64) < LINE_LIMIT {
        return Ok(Some(Some(line)));
    }
    line.clear();
    // The rest of it is read in pieces.
    while input.take(LINE_LIMIT).read_until(b'\n', &mut line)? > 0 && !line.ends_with(b"\n") {
        line.clear();
    }
    Ok(Some(None))
}

/// Is it a pipe, a device or a socket?
fn is_special(kind: FileType) -> bool {
    !kind.is_file() && !kind.is_dir() && !kind.is_symlink()
}

/// Whether an existing file may be overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existing {
    /// It stays, and writing fails.
    Stays,
    /// It is replaced.
    Replaced,
}

impl Existing {
    /// By the flag `--force`.
    pub(super) fn by_force(force: bool) -> Existing {
        if force { Existing::Replaced } else { Existing::Stays }
    }
}

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Readers {
    /// The default of the system.
    Usual,
    /// Only its owner, where the system knows owners.
    Owner,
}

/// Writes a file: whole or not at all, and on disk when this returns.
///
/// It is made new under another name in the same folder, private while it is written, and then renamed, so that no link
/// is followed and a failure leaves the old file. A replaced file keeps its mode. A locked key is never replaced.
pub(super) fn write(
    path: &Path,
    bytes: &[u8],
    existing: Existing,
    readers: Readers,
) -> Result<(), CliError> {
    put(path, bytes, existing, readers, true)
}

/// As [`write`] for a new file that can be made again, so that nothing waits for the disk.
pub(super) fn write_many(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    put(path, bytes, Existing::Stays, Readers::Usual, false)
}

/// As [`write`], with content that is made while it is written, so that it need not fit into memory. Nothing is left
/// where `fill` fails.
pub(super) fn write_with<T>(
    path: &Path,
    existing: Existing,
    fill: impl FnOnce(&mut dyn Write) -> Result<T, CliError>,
) -> Result<T, CliError> {
    fill_new(path, existing, Readers::Usual, true, fill)
}

/// Says before long work whether [`write`] would refuse this path.
pub(super) fn check_writable(path: &Path, existing: Existing) -> Result<(), CliError> {
    replaced(path, existing).map(|_| ())
}

fn put(
    path: &Path,
    bytes: &[u8],
    existing: Existing,
    readers: Readers,
    is_synced: bool,
) -> Result<(), CliError> {
    let unwritable = |source| CliError::Unwritable { file: name(path), source };
    fill_new(path, existing, readers, is_synced, |out| out.write_all(bytes).map_err(unwritable))
}

/// The file that would be replaced; an error where nothing may be written.
fn replaced(path: &Path, existing: Existing) -> Result<Option<Metadata>, CliError> {
    if is_stdin(path) {
        return Err(CliError::StdinAsOutput);
    }
    let unwritable = |source| CliError::Unwritable { file: name(path), source };
    let old = match fs::symlink_metadata(path) {
        Ok(_) if existing == Existing::Stays => return Err(CliError::Exists(name(path))),
        Ok(old) if is_special(old.file_type()) => return Err(CliError::NotAFile(name(path))),
        Ok(old) if old.is_dir() => return Err(unwritable(ErrorKind::IsADirectory.into())),
        Ok(old) => Some(old).filter(Metadata::is_file),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(unwritable(error)),
    };
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(unwritable(ErrorKind::PermissionDenied.into()));
    }
    if old.is_some() && is_locked_key(path) {
        return Err(CliError::KeyStays(name(path)));
    }
    Ok(old)
}

fn fill_new<T>(
    path: &Path,
    existing: Existing,
    readers: Readers,
    is_synced: bool,
    fill: impl FnOnce(&mut dyn Write) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let unwritable = |source| CliError::Unwritable { file: name(path), source };
    let old = replaced(path, existing)?;
    let mut made = new_beside(path, readers, old.is_some()).map_err(unwritable)?;
    let mut out = BufWriter::new(&mut made);
    let filled = fill(&mut out)?;
    out.flush().map_err(unwritable)?;
    drop(out);
    if let Some(old) = old {
        made.as_file().set_permissions(old.permissions()).map_err(unwritable)?;
    }
    if is_synced {
        made.as_file().sync_all().map_err(unwritable)?;
    }
    let renamed = match existing {
        Existing::Stays => made.persist_noclobber(path),
        Existing::Replaced => made.persist(path),
    };
    renamed.map(|_| filled).map_err(|failed| match failed.error.kind() {
        ErrorKind::AlreadyExists => CliError::Exists(name(path)),
        _ => unwritable(failed.error),
    })
}

/// Does a locked key stand here? It cannot be made again.
fn is_locked_key(path: &Path) -> bool {
    let bytes = read(path, FILE_LIMIT);
    let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.is_some_and(|text| LockedKey::parse(&text).is_ok())
}

/// A new file in the folder of `path`. It is private unless it is a new one that everybody may read.
fn new_beside(path: &Path, readers: Readers, is_replacing: bool) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".bontot-");
    if readers == Readers::Usual && !is_replacing {
        open_to_usual(&mut builder);
    }
    builder.tempfile_in(folder.unwrap_or(Path::new(".")))
}

/// The mode that the system gives to new files.
#[cfg(unix)]
fn open_to_usual(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

/// Elsewhere a new file has the access of its folder.
#[cfg(not(unix))]
fn open_to_usual(_: &mut tempfile::Builder<'_, '_>) {}

/// How often, and after how long each time, a lock is asked for.
const TRIES: u32 = 500;
const PAUSE: Duration = Duration::from_millis(20);

/// The only one who reads and writes a file for a while; others wait.
pub(super) struct Lock {
    path: PathBuf,
}

impl Lock {
    /// Waits up to ten seconds for the others.
    pub(super) fn of(path: &Path) -> Result<Lock, CliError> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".lock");
        let lock = PathBuf::from(beside);
        for _ in 0..TRIES {
            match OpenOptions::new().write(true).create_new(true).open(&lock) {
                Ok(_) => return Ok(Lock { path: lock }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => thread::sleep(PAUSE),
                Err(source) => return Err(CliError::Unwritable { file: name(path), source }),
            }
        }
        Err(CliError::Locked { file: name(path), lock: name(&lock) })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What is left behind is told to the next one who waits for it.
        let _ = fs::remove_file(&self.path);
    }
}
