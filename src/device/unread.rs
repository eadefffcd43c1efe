//! Refusing a long file before it is read.

use crate::device::OpenError;
use crate::json::{FILE_LIMIT, Fault, Foreign, ReadError, parse};
use crate::store::{BACKUP_LIMIT, DRAFT_LIMIT};

/// The members of a draft and of a backup, by the first of which a long file is known before it is read whole.
const OF_DRAFT: [&str; 8] =
    ["form", "handed_in", "lineage", "parted", "scroll", "sealed", "section", "typed"];
const OF_BACKUP: [&str; 8] =
    ["appraised", "created", "drafts", "format", "history", "keys", "trust", "unreadable"];

/// Why a file of this length is refused although only its first bytes were read, where it is: nothing may be longer than
/// a backup, and nothing but a backup or a draft longer than other files.
pub fn refused_unread(length: u64, first: &[u8]) -> Option<OpenError> {
    if length <= FILE_LIMIT as u64 {
        return None;
    }
    // What is no text of ours is called by its name, which says more than its size.
    if let Err(error) = parse(first, usize::MAX)
        && matches!(error.fault, Fault::Foreign(kind) if kind != Foreign::Empty)
    {
        return Some(OpenError::Read(error));
    }
    let first = String::from_utf8_lossy(first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(first));
    let inside = first.trim_ascii_start().strip_prefix('{').unwrap_or_default();
    let member = inside.trim_ascii_start().strip_prefix('"').unwrap_or_default();
    let member = member.split('"').next().unwrap_or_default();
    let limit = match member {
        own if OF_BACKUP.contains(&own) => BACKUP_LIMIT,
        own if OF_DRAFT.contains(&own) => DRAFT_LIMIT,
        _ => FILE_LIMIT,
    };
    let is_over = u64::try_from(limit).is_ok_and(|limit| length > limit);
    is_over.then(|| OpenError::Read(ReadError::here(Fault::TooLarge { limit })))
}
