//! Files beside answers: adding them, taking them away, and the archive that goes beside a signed file.

use leptos::prelude::*;

use crate::app::actions::{App, Form};
use crate::app::host::{self, File, Pieces, picture};
use crate::app::state::form::Access;
use crate::app::state::notice::Notice;
use crate::device::{AttachError, FILE_MAX, PICTURE_MAX};
use crate::form::{ATTACHMENT_NAME_LIMIT, ATTACHMENTS_LIMIT, Attachment, is_media_type, json_size};
use crate::seal::Submission;
use crate::store::StoreError;
use crate::value::{Digest, Id, entered_name, is_blank};

/// The longer side of a picture, in pixels: a page of print stays readable.
const SIDE: u32 = 1600;
/// A file of which the browser states no type.
const UNKNOWN: &str = "application/octet-stream";

/// Why a file was not added; the form is unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The item has as many as it may.
    Full,
    /// It is at the item already.
    Twice,
    /// There is nothing in it.
    Empty,
    /// A picture is too large even when it was made smaller.
    PictureLarge,
    /// Another file is too large.
    FileLarge,
    /// This many bytes of the budget are used, and the rest is too few.
    NoRoom(u64),
    /// The form has no room for its name.
    NoText,
    /// The browser cannot read it.
    Unreadable,
    /// It cannot be stored.
    Store(StoreError),
}

/// The name of a file as a form states it; one that became a picture of another kind ends as that.
fn name_of(file: &File, is_jpeg: bool) -> String {
    let name = entered_name(host::normal(&file.name()));
    let (stem, end) = match name.rsplit_once('.') {
        Some((stem, end)) if !is_blank(stem) && end.chars().count() <= 8 => (stem, end),
        _ => (name.as_str(), ""),
    };
    let end = if is_jpeg { "jpg" } else { end };
    let stem = if is_blank(stem) { "tep" } else { stem };
    let room = ATTACHMENT_NAME_LIMIT - end.chars().count() - 1;
    let stem: String = stem.chars().take(room).collect();
    if end.is_empty() { stem } else { format!("{stem}.{end}") }
}

/// Adds a file to an item: first its bytes to the device, then its name to the form. A large picture is made smaller.
///
/// # Errors
/// Why it was not added.
pub async fn attach(form: &Form, item: &Id, file: &File) -> Result<(), Refusal> {
    let count = form.look(|session| {
        session.form().items.get(item).map_or(0, |answer| answer.attachments.len())
    });
    if count >= ATTACHMENTS_LIMIT {
        return Err(Refusal::Full);
    }
    let is_picture =
        picture::is_picture(file) && host::length_of(file) <= picture::PICTURE_LIMIT as u64;
    // A picture that the browser cannot draw, such as HEIC, goes as it is.
    let drawn = match is_picture {
        true => host::as_jpeg(file, SIDE, PICTURE_MAX).await.ok(),
        false => None,
    };
    let limit = if drawn.is_some() { PICTURE_MAX } else { FILE_MAX };
    let (bytes, is_jpeg) = match drawn.flatten() {
        Some(bytes) => (bytes, true),
        None if host::length_of(file) > limit as u64 => return Err(Refusal::FileLarge),
        None => {
            let read = host::read_file(file, limit).await;
            (read.map_err(|_| Refusal::Unreadable)?, false)
        }
    };
    let stated = file.type_().to_ascii_lowercase();
    let media_type = match is_jpeg {
        true => "image/jpeg".to_owned(),
        false if is_media_type(&stated) => stated,
        false => UNKNOWN.to_owned(),
    };
    let name = name_of(file, is_jpeg);
    let room = form.look(|session| session.form().text_room());
    if json_size(&name) + json_size(&media_type) > room {
        return Err(Refusal::NoText);
    }
    let kept = form.app.device.keep_attached(&bytes, limit).await;
    let sha256 = kept.map_err(|error| match error {
        AttachError::Empty => Refusal::Empty,
        AttachError::TooLarge { .. } if limit == PICTURE_MAX => Refusal::PictureLarge,
        AttachError::TooLarge { .. } => Refusal::FileLarge,
        AttachError::NoRoom { used } => Refusal::NoRoom(used),
        AttachError::Store(error) => Refusal::Store(error),
    })?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let own = Attachment { name, media_type, size, sha256 };
    let all =
        form.look(|session| session.form().items.get(item).map(|own| own.attachments.clone()));
    let all = all.unwrap_or_default();
    if all.iter().any(|before| before.sha256 == sha256) {
        return Err(Refusal::Twice);
    }
    if all.len() >= ATTACHMENTS_LIMIT {
        return Err(Refusal::Full);
    }
    // Another tab may have taken the form meanwhile, which the page says.
    if form.access.get_untracked() == Access::Writer {
        form.edit(|session| session.attach(item, own));
    }
    Ok(())
}

/// Takes a file away from an item; undo brings it back.
pub fn detach(form: &Form, item: &Id, sha256: &Digest) {
    form.edit(|session| session.detach(item, sha256));
}

/// Saves the archive of a signed file and all that it names; returns the names of files that are not on this device.
pub async fn save_parcel(form: &Form, signed: &Submission) -> Vec<String> {
    let app = form.app;
    let failed = || Notice::Storage(StoreError::Failed("download".into()));
    let pieces = Pieces::default();
    match app.device.parcel(signed, |piece| pieces.push(piece)).await {
        Err(error) => app.tell(Notice::Storage(error)),
        Ok(None) => app.tell(failed()),
        Ok(Some(missing)) => {
            let name = signed.file_name();
            let name = format!("{}.zip", name.strip_suffix(".json").unwrap_or(&name));
            match pieces.download(&name, "application/zip") {
                Ok(()) => {
                    app.tell(Notice::Exported);
                    return missing;
                }
                Err(error) => {
                    host::report(&error);
                    app.tell(failed());
                }
            }
        }
    }
    Vec::new()
}

/// Removes files that nothing has named for some days.
pub(super) async fn sweep(app: App) {
    // They then stay until the next visit; a full or refused storage is shown elsewhere.
    if app.device.sweep_attached().await.is_err() {
        host::report(&"attached".into());
    }
}
