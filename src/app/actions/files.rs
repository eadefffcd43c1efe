//! Files that the page downloads, and those that it refuses before it reads them.

use crate::app::actions::Context;
use crate::app::host::picture::{PICTURE_LIMIT, is_picture};
use crate::app::host::{self, File, spawn_local};
use crate::app::state::notice::Notice;
use crate::device::{OpenError, RefusedFile, refused_unread};
use crate::json::{FILE_LIMIT, Fault, ReadError};
use crate::store::StoreError;
use crate::value::shown;

/// The first bytes of a long file, by which it is refused or read whole.
const FIRST: usize = 255;

/// Refuses a file by its length, before it is read; of a long one that may be a backup or a draft, only the first bytes are read.
pub(super) async fn refused_before_reading(file: &File) -> Option<Notice> {
    let (length, name) = (host::length_of(file), file.name());
    if is_picture(file) {
        let is_over = length > PICTURE_LIMIT as u64;
        let why = OpenError::Read(ReadError::here(Fault::TooLarge { limit: PICTURE_LIMIT }));
        return is_over.then(|| Notice::Refused(RefusedFile::new(&name, why)));
    }
    if length <= FILE_LIMIT as u64 {
        return None;
    }
    match host::read_file(file, FIRST).await {
        Ok(first) => {
            let why = refused_unread(length, &first)?;
            Some(Notice::Refused(RefusedFile::new(&name, why)))
        }
        Err(error) => {
            host::report(&error);
            Some(Notice::FileUnreadable(shown(&name).into_owned()))
        }
    }
}

impl Context {
    /// Downloads the raw data of an unreadable form.
    pub fn save_raw(&'static self, key: String) {
        spawn_local(async move {
            match self.device.raw_draft(&key).await {
                Ok(file) => self.save_file(&file.name, &file.text),
                Err(error) => self.tell(Notice::Storage(error)),
            }
        });
    }

    /// Downloads a file and shows a notice of the result.
    pub fn save_file(&self, name: &str, text: &str) {
        self.hand_over(name, text);
    }

    /// Like `save_file`; returns whether it succeeded.
    pub(super) fn hand_over(&self, name: &str, text: &str) -> bool {
        if self.is_again(name) {
            return true;
        }
        let saved = host::download(name, text);
        self.tell(match &saved {
            Ok(()) => Notice::Exported,
            Err(error) => {
                host::report(error);
                Notice::Storage(StoreError::Failed("download".into()))
            }
        });
        saved.is_ok()
    }
}
