//! Why the system refuses something, in words.

use std::io::{self, ErrorKind};

/// The reason of an I/O error; common ones have the same text on every system.
pub(super) fn reason(source: &io::Error) -> String {
    match source.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => source.to_string(),
    }
}
