//! Files beside answers on this device. The bytes of a file are written before any form names it, so that no form
//! names what never was here; a file that nothing names any more is removed after some days of use, so that undo and
//! other tabs find it.

use base64ct::{Base64, Encoding};

use crate::archive::stored::StoredZip;
use crate::device::{Device, Host};
use crate::form::{Assessment, Attachment};
use crate::seal::Submission;
use crate::store::{Storage, StoreError, Table, Write};
use crate::value::{Digest, Id};

/// The most bytes of all files beside answers on one device.
pub const ATTACHED_BUDGET: u64 = 50 << 20;
/// The most bytes of a picture, once it was made smaller.
pub const PICTURE_MAX: usize = 2 << 20;
/// The most bytes of any other file.
pub const FILE_MAX: usize = 10 << 20;
/// A file that nothing names is kept until the page was opened on this many more days.
const DAYS_KEPT: i64 = 2;
/// The tables whose records name files.
const NAMING: [Table; 3] = [Table::Drafts, Table::History, Table::Deleted];
/// The end of the key of a mark: since which day nothing names the file.
const MARK: &str = ".unnamed";

/// Why a file was not kept. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is too large.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The most bytes that it may have.
        limit: usize,
    },
    /// The budget of the device is used up.
    #[error("{used} bytes of {ATTACHED_BUDGET} are used")]
    NoRoom {
        /// How many bytes are used.
        used: u64,
    },
    /// It cannot be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The key of a file. Its length stands in it, so that lengths are summed without reading any file.
fn key_of(sha256: &Digest, size: u64) -> String {
    format!("{sha256}.{size}")
}

fn mark_of(sha256: &str) -> String {
    format!("{sha256}{MARK}")
}

/// The digest and the length in the key of a file; `None` for a mark.
fn parts_of(key: &str) -> Option<(&str, u64)> {
    let (sha256, size) = key.split_once('.')?;
    Some((sha256, size.parse().ok()?))
}

/// Every file that a form names, each once, with the item that names it first.
pub fn attachments_of(form: &Assessment) -> Vec<(Id, Attachment)> {
    let mut all: Vec<(Id, Attachment)> = Vec::new();
    for (item, answer) in &form.items {
        for own in &answer.attachments {
            if all.iter().all(|(_, before)| before.sha256 != own.sha256) {
                all.push((item.clone(), own.clone()));
            }
        }
    }
    all
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Keeps the bytes of a file of at most `limit` bytes; returns their digest. A form may name it once this returns.
    ///
    /// # Errors
    /// It is empty or too large, there is no room, or it cannot be stored.
    pub async fn keep_attached(&self, bytes: &[u8], limit: usize) -> Result<Digest, AttachError> {
        if bytes.is_empty() {
            return Err(AttachError::Empty);
        }
        if bytes.len() > limit {
            return Err(AttachError::TooLarge { limit });
        }
        let (sha256, size) = (Digest::of_bytes(bytes), bytes.len() as u64);
        let key = key_of(&sha256, size);
        let keys = self.storage().keys(Table::Attached).await?;
        let used = sum(&keys);
        if !keys.contains(&key) && used + size > ATTACHED_BUDGET {
            return Err(AttachError::NoRoom { used });
        }
        // With its mark in one transaction: another tab removes only what is still marked.
        let at = [(Table::Attached, mark_of(&sha256.to_string())), (Table::Attached, key)];
        let write = |place, now: Option<&str>| match (place, now) {
            (0, Some(_)) => Write::Remove,
            (1, None) => Write::Put(Base64::encode_string(bytes)),
            _ => Write::Leave,
        };
        self.storage().change_all(&at, write).await?;
        Ok(sha256)
    }

    /// The bytes of a file that a form names; `None` where they are not here, or are not those any more.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn attached(&self, own: &Attachment) -> Result<Option<Vec<u8>>, StoreError> {
        let Ok(size) = u64::try_from(own.size) else { return Ok(None) };
        let text = self.storage().get(Table::Attached, &key_of(&own.sha256, size)).await?;
        let bytes = text.and_then(|text| Base64::decode_vec(&text).ok());
        Ok(bytes.filter(|bytes| Digest::of_bytes(bytes) == own.sha256))
    }

    /// How many bytes the files beside answers have together.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn attached_used(&self) -> Result<u64, StoreError> {
        Ok(sum(&self.storage().keys(Table::Attached).await?))
    }

    /// Writes the archive that goes beside a signed file: the file, and all that it names and is here. Hands out its
    /// pieces in their order; returns the names of files that are not here, or `None` where the archive would be longer
    /// than ZIP bears.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn parcel(
        &self,
        signed: &Submission,
        mut piece: impl FnMut(&[u8]),
    ) -> Result<Option<Vec<String>>, StoreError> {
        let mut zip = StoredZip::default();
        let mut write = |name: &str, bytes: &[u8]| {
            let head = zip.file(name, bytes)?;
            piece(&head);
            piece(bytes);
            Some(())
        };
        if write(&signed.file_name(), signed.to_text().as_bytes()).is_none() {
            return Ok(None);
        }
        let mut missing = Vec::new();
        for (_, own) in attachments_of(signed.assessment()) {
            match self.attached(&own).await? {
                None => missing.push(own.name),
                Some(bytes) if write(&own.path(), &bytes).is_some() => {}
                Some(_) => return Ok(None),
            }
        }
        let end = zip.end();
        Ok(end.map(|end| {
            piece(&end);
            missing
        }))
    }

    /// Marks files that no form, earlier state or deleted form names, and removes those that were marked some days of
    /// use ago; returns how many were removed. A record that cannot be read names what its text holds.
    ///
    /// # Errors
    /// Storage cannot be read or written.
    pub async fn sweep_attached(&self) -> Result<u32, StoreError> {
        let storage = self.storage();
        let keys = storage.keys(Table::Attached).await?;
        if keys.is_empty() {
            return Ok(0);
        }
        let mut unnamed: Vec<(&str, u64)> = keys.iter().filter_map(|key| parts_of(key)).collect();
        for table in NAMING {
            for (_, text) in storage.list(table).await? {
                unnamed.retain(|(sha256, _)| !text.contains(sha256));
            }
        }
        let today = self.days_seen().await?;
        for key in &keys {
            // Named again, by undo for example.
            if let Some(sha256) = key.strip_suffix(MARK)
                && unnamed.iter().all(|(own, _)| *own != sha256)
            {
                storage.remove(Table::Attached, key).await?;
            }
        }
        let mut removed = 0;
        for (sha256, size) in unnamed {
            let at =
                [mark_of(sha256), format!("{sha256}.{size}")].map(|key| (Table::Attached, key));
            let mut is_due = false;
            let write = |place, now: Option<&str>| match (place, now) {
                (0, None) => Write::Put(today.to_string()),
                (0, Some(since)) => {
                    // A mark that is no number was not written here: it begins anew.
                    let Ok(since) = since.parse::<i64>() else {
                        return Write::Put(today.to_string());
                    };
                    is_due = today >= since.saturating_add(DAYS_KEPT);
                    if is_due { Write::Remove } else { Write::Leave }
                }
                _ if is_due => Write::Remove,
                _ => Write::Leave,
            };
            storage.change_all(&at, write).await?;
            removed += u32::from(is_due);
        }
        Ok(removed)
    }
}

fn sum(keys: &[String]) -> u64 {
    keys.iter().filter_map(|key| parts_of(key)).map(|(_, size)| size).sum()
}
