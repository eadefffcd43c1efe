//! Opening a file that a person chose: it is hostile until it has been read and verified, and it
//! never replaces a form that is here.

use web_sys::File;

use crate::app::backup::restore;
use crate::app::browser;
use crate::app::rest::Work;
use crate::app::state::{App, Notice};
use crate::desk::{Detail, Receipt, Status, TrustList, receive};
use crate::form::{Assessment, check};
use crate::json::{FILE_LIMIT, Json, Read, ReadError, parse};
use crate::pack::catalog::Catalog;
use crate::seal::Submission;
use crate::store::{BACKUP_FORMAT, BACKUP_LIMIT, Backup, Draft, Kind, Storage};
use crate::value::AssessmentId;

/// What became of a file that was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Name of the unit.
    pub unit: String,
    /// Whether a form with the same id and other content was here, so that this is one of its own.
    pub copy: bool,
    /// Whether the very same form was here.
    pub same: bool,
    /// Whether the file was signed, and its signature and outcome are sound.
    pub sound: bool,
}

/// Why a file was not opened.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The browser cannot read it.
    Browser,
    /// No file of ours, or damaged.
    Read(ReadError),
    /// The signature does not fit.
    Signature,
    /// Its pack is not known here; id and version.
    Pack(String),
    /// Its outcome is not what the rules give; where.
    Outcome(String),
}

/// Opens a file: tells what became of it, and goes to the form.
#[inline(never)] // of the part of the program that loads later
pub fn import(app: App, file: File) -> Work {
    Box::pin(async move {
        let name = file.name();
        let read = match browser::read_file(&file, BACKUP_LIMIT).await {
            Ok(bytes) => match read_backup(&bytes) {
                Some(Ok(backup)) => return restore(app, backup).await,
                Some(Err(error)) => Err(Refusal::Read(error)),
                None => read(&bytes, &app.packs),
            },
            Err(error) => {
                browser::report(&error);
                Err(Refusal::Browser)
            }
        };
        match read {
            Ok((form, sealed)) => keep(app, form, sealed).await,
            Err(why) => app.tell(Notice::Refused { file: name, why }),
        }
    })
}

/// Reads a backup, where the file says that it is one.
fn read_backup(bytes: &[u8]) -> Option<Result<Backup, ReadError>> {
    let json = parse(bytes, BACKUP_LIMIT).ok()?;
    let is_one = json.get("format").and_then(Json::as_text) == Some(BACKUP_FORMAT);
    is_one.then(|| Backup::read(&json))
}

/// Reads a submission or a bare assessment; the sealed text of the former comes with it.
fn read(bytes: &[u8], packs: &Catalog) -> Result<(Assessment, Option<String>), Refusal> {
    let json = parse(bytes, FILE_LIMIT).map_err(Refusal::Read)?;
    if json.get("format").and_then(Json::as_text) == Some("bontot.assessment/1") {
        let form = Assessment::read(&json).map_err(Refusal::Read)?;
        let pack = packs
            .by_digest(&form.pack.digest)
            .ok_or_else(|| unknown_pack(&form))?;
        check(pack, &form).map_err(Refusal::Read)?;
        return Ok((form, None));
    }
    let submission = Submission::read(&json).map_err(Refusal::Read)?;
    let receipt = receive(bytes, packs, &TrustList::default());
    let form = submission.assessment().clone();
    if receipt.status.is_sound() {
        return Ok((form, Some(submission.to_text())));
    }
    Err(refusal(receipt, &form))
}

fn unknown_pack(form: &Assessment) -> Refusal {
    Refusal::Pack(format!("{} {}", form.pack.id, form.pack.version.as_str()))
}

fn refusal(receipt: Receipt, form: &Assessment) -> Refusal {
    match (receipt.status, receipt.detail) {
        (Status::BadSignature, _) => Refusal::Signature,
        (_, Some(Detail::Read(error))) => Refusal::Read(error),
        (_, Some(Detail::Outcome(difference))) => {
            Refusal::Outcome(difference.item.unwrap_or(difference.pointer))
        }
        _ => unknown_pack(form),
    }
}

async fn keep(app: App, mut form: Assessment, sealed: Option<String>) {
    let mut imported = Imported {
        unit: form.unit.name.clone(),
        copy: false,
        same: false,
        sound: sealed.is_some(),
    };
    let here = match app.keeper().get(Kind::Drafts, form.id.as_str()).await {
        Ok(here) => here,
        Err(error) => return app.tell(Notice::Storage(error)),
    };
    if let Some(here) = here {
        imported.same = Draft::from_text(&here).is_ok_and(|draft| draft.form == form);
        imported.copy = !imported.same;
    }
    if imported.same {
        app.tell(Notice::Imported(imported));
        return browser::go(&crate::app::route::Route::form(&form.id));
    }
    if imported.copy {
        match browser::entropy() {
            Some(bits) => form.id = AssessmentId::from_bits(bits),
            None => return browser::report(&"crypto".into()),
        }
    }
    app.tell(Notice::Imported(imported));
    let mut draft = Draft::new(form);
    draft.sealed = sealed;
    app.keep_and_open(draft).await;
}
