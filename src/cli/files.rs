//! Reading and writing files. `-` as an input is standard input.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::{CliError, print};

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
        File::open(path).and_then(|file| file.take(bound).read_to_end(&mut bytes))
    };
    read.map_err(|source| CliError::Unreadable { file: name(path), source })?;
    Ok(bytes)
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

/// Writes a file.
pub(super) fn write(
    path: &Path,
    bytes: &[u8],
    existing: Existing,
    readers: Readers,
) -> Result<(), CliError> {
    if is_stdin(path) {
        return Err(CliError::StdinAsOutput);
    }
    let mut options = OpenOptions::new();
    options.write(true);
    match existing {
        Existing::Stays => options.create_new(true),
        Existing::Replaced => options.create(true).truncate(true),
    };
    restrict(&mut options, readers);
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => CliError::Exists(name(path)),
        _ => CliError::Unwritable { file: name(path), source },
    })
}

/// Replaces a file atomically: a power cut leaves the old or the new content.
pub(super) fn replace(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), CliError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    write(beside, bytes, Existing::Replaced, readers)?;
    std::fs::rename(beside, path)
        .map_err(|source| CliError::Unwritable { file: name(path), source })
}

#[cfg(unix)]
fn restrict(options: &mut OpenOptions, readers: Readers) {
    use std::os::unix::fs::OpenOptionsExt;
    if readers == Readers::Owner {
        options.mode(0o600);
    }
}

/// Elsewhere a new file has the access of its folder.
#[cfg(not(unix))]
fn restrict(_: &mut OpenOptions, _: Readers) {}
