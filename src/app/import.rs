//! Opening a file that a person chose: it is hostile until it has been read and verified, and it
//! never replaces a form that is here.

use web_sys::File;

use crate::app::backup::restore;
use crate::app::rest::Work;
use crate::app::route::{KEYS, Route};
use crate::app::state::{App, Notice};
use crate::app::{appraising, browser, trusting};
use crate::desk::{Detail, Receipt, Status, TrustList, receive};
use crate::form::{Assessment, check};
use crate::json::{Json, ReadError, from_json, parse};
use crate::pack::catalog::Catalog;
use crate::seal::{Appraisal, KeyCard, LockedKey, Submission};
use crate::store::{
    BACKUP_FORMAT, BACKUP_LIMIT, Backup, DRAFT_FORMAT, DRAFT_LIMIT, Draft, DraftError, Kind,
    Storage, StoreError,
};
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

/// A file that was taken in and is no form.
#[derive(Clone, Debug, PartialEq)]
pub enum Received {
    /// The card of a key; whose.
    Card(String),
    /// The card of a key that is here.
    KnownCard(String),
    /// A trust list, of which so many keys are new.
    Trust(usize),
    /// What a superior said of a form.
    Appraisal,
    /// What was tried is in the form now.
    Tried,
    /// A trial of a form was left, and waits.
    TrialLeft,
    /// A form that came by a link was left, and waits.
    LinkLeft,
    /// A form that came by a link was kept.
    LinkKept,
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
    /// It speaks of a signed form that is not on this device.
    NoSuchForm,
    /// It speaks of an item that the form does not have.
    Item(String),
    /// It cannot be kept.
    Store(StoreError),
}

/// Opens a file: tells what became of it, and goes to the form.
#[inline(never)] // of the part of the program that loads later
pub fn import(app: App, file: File) -> Work {
    Box::pin(async move {
        let name = file.name();
        match browser::read_file(&file, BACKUP_LIMIT).await {
            Ok(bytes) => import_bytes(app, name, &bytes).await,
            Err(error) => {
                browser::report(&error);
                let why = Refusal::Browser;
                app.tell(Notice::Refused { file: name, why });
            }
        }
    })
}

/// Opens what a file of this name holds: tells what became of it, and goes to the form.
pub async fn import_bytes(app: App, name: String, bytes: &[u8]) {
    if let Err(why) = open(app, bytes).await {
        app.tell(Notice::Refused { file: name, why });
    }
}

async fn open(app: App, bytes: &[u8]) -> Result<(), Refusal> {
    if let Some(locked) = read_lock(bytes) {
        app.lock.replace(Some(locked));
        app.key_came.rise();
        browser::go(KEYS);
        return Ok(());
    }
    match read_backup(bytes) {
        Some(Ok(backup)) => restore(app, backup).await,
        Some(Err(error)) => return Err(Refusal::Read(error)),
        None => {
            let json = parse(bytes, DRAFT_LIMIT).map_err(Refusal::Read)?;
            match json.get("format").and_then(Json::as_text) {
                Some("bontot.key/1") => take_card(app, bytes).await?,
                Some("bontot.trust/1") => take_list(app, bytes).await?,
                Some("bontot.appraisal/1") => take_appraisal(app, bytes).await?,
                _ => keep(app, read(bytes, &json, app.packs())?).await,
            }
        }
    }
    Ok(())
}

/// A locked key, where the file is one.
fn read_lock(bytes: &[u8]) -> Option<String> {
    let locked = LockedKey::parse(std::str::from_utf8(bytes).ok()?).ok()?;
    Some(locked.as_str().to_owned())
}

async fn take_card(app: App, bytes: &[u8]) -> Result<(), Refusal> {
    let card = KeyCard::from_bytes(bytes).map_err(Refusal::Read)?;
    card.verify().map_err(|_| Refusal::Signature)?;
    let is_new = trusting::receive_card(app, &card).await;
    let told = if is_new.map_err(Refusal::Store)? {
        Received::Card(card.unit().to_owned())
    } else {
        Received::KnownCard(card.unit().to_owned())
    };
    tell_at_keys(app, told);
    Ok(())
}

async fn take_list(app: App, bytes: &[u8]) -> Result<(), Refusal> {
    let list = TrustList::from_bytes(bytes).map_err(Refusal::Read)?;
    let added = trusting::receive_list(app, &list).await;
    tell_at_keys(app, Received::Trust(added.map_err(Refusal::Store)?));
    Ok(())
}

fn tell_at_keys(app: App, told: Received) {
    app.key_came.rise();
    browser::go(KEYS);
    app.tell(Notice::Received(told));
}

async fn take_appraisal(app: App, bytes: &[u8]) -> Result<(), Refusal> {
    let appraisal = Appraisal::from_bytes(bytes).map_err(Refusal::Read)?;
    let (id, _) = appraising::receive(app, appraisal).await?;
    browser::go(&Route::form(&id));
    app.tell(Notice::Received(Received::Appraisal));
    Ok(())
}

/// Reads a backup, where the file says that it is one.
fn read_backup(bytes: &[u8]) -> Option<Result<Backup, ReadError>> {
    let json = parse(bytes, BACKUP_LIMIT).ok()?;
    let is_one = json.get("format").and_then(Json::as_text) == Some(BACKUP_FORMAT);
    is_one.then(|| from_json(&json))
}

/// Reads a submission, a bare assessment, or a draft as this page keeps it.
fn read(bytes: &[u8], json: &Json, packs: &Catalog) -> Result<Draft, Refusal> {
    let format = json.get("format").and_then(Json::as_text);
    if format == Some(DRAFT_FORMAT) {
        let mut draft = from_json::<Draft>(json).map_err(Refusal::Read)?;
        draft.open(packs).map_err(|error| match error {
            DraftError::Read(error) => Refusal::Read(error),
            DraftError::UnknownPack => unknown_pack(&draft.form),
        })?;
        doubt(&mut draft, packs);
        return Ok(draft);
    }
    if format == Some("bontot.assessment/1") {
        let form: Assessment = from_json(json).map_err(Refusal::Read)?;
        let pack = packs
            .by_digest(&form.pack.digest)
            .ok_or_else(|| unknown_pack(&form))?;
        check(pack, &form).map_err(Refusal::Read)?;
        return Ok(Draft::new(form));
    }
    let submission = Submission::from_json(json).map_err(Refusal::Read)?;
    let receipt = receive(bytes, packs, &TrustList::default());
    let mut draft = Draft::new(submission.assessment().clone());
    if receipt.status.is_sound() {
        draft.sealed = Some(submission.to_text());
        return Ok(draft);
    }
    Err(refusal(receipt, &draft.form))
}

/// Drops the sealed file of a draft that came from elsewhere where its signature does not fit, or it
/// is of another form.
pub fn doubt(draft: &mut Draft, packs: &Catalog) {
    draft.sealed = draft.sealed.take().filter(|text| {
        let own = Submission::from_bytes(text.as_bytes())
            .is_ok_and(|sealed| sealed.assessment().id == draft.form.id);
        let status = receive(text.as_bytes(), packs, &TrustList::default()).status;
        own && (status.is_sound() || status == Status::UnknownPack)
    });
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

async fn keep(app: App, mut draft: Draft) {
    let form = &mut draft.form;
    let mut imported = Imported {
        unit: form.unit.name.clone(),
        copy: false,
        same: false,
        sound: draft.sealed.is_some(),
    };
    let here = match app.keeper().get(Kind::Drafts, form.id.as_str()).await {
        Ok(here) => here,
        Err(error) => return app.tell(Notice::Storage(error)),
    };
    if let Some(here) = here {
        imported.same = Draft::from_text(&here).is_ok_and(|here| here.form == *form);
        imported.copy = !imported.same;
    }
    if imported.same {
        app.tell(Notice::Imported(imported));
        return browser::go(&Route::form(&form.id));
    }
    if imported.copy {
        match browser::entropy() {
            Some(bits) => form.id = AssessmentId::from_bits(bits),
            None => return browser::report(&"crypto".into()),
        }
    }
    app.tell(Notice::Imported(imported));
    app.keep_and_open(draft).await;
}
