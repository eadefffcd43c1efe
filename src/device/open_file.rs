//! Opening a file that a person chose. It is untrusted until it is read and verified, and it never
//! replaces a form.

use serde::de::DeserializeOwned;

use crate::desk::{Detail, Receipt, Status, TrustList, receive_submission};
use crate::device::backup::RestoreReport;
use crate::device::packs::name_of;
use crate::device::{Device, Host, KeyStanding, OpenError, RefusedFile};
use crate::form::{Assessment, check};
use crate::json::{FILE_LIMIT, Fault, Json, ReadError, from_json, parse};
use crate::pack::PackRef;
use crate::pack::catalog::Catalog;
use crate::seal::{
    Appraisal, KeyCard, LockedKey, PUBLISHED_FORMAT, PackFile, PackFileError, Submission,
};
use crate::session::SetAside;
use crate::store::{
    BACKUP_FORMAT, BACKUP_LIMIT, Backup, DRAFT_FORMAT, DRAFT_LIMIT, Draft, DraftError, Storage,
    StoreError, Table,
};
use crate::value::{AssessmentId, shown};

/// The format of a pack alone.
const PACK_FORMAT: &str = "bontot.pack/1";

/// A file that was read and verified; nothing is stored yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    /// A form.
    Form(Box<Draft>),
    /// A backup.
    Backup(Box<Backup>),
    /// A key card.
    KeyCard(Box<KeyCard>),
    /// A trust list.
    TrustList(TrustList),
    /// A locked key.
    LockedKey(String),
    /// An appraisal.
    Appraisal(Box<Appraisal>),
    /// A criteria pack, published or plain.
    Pack(Box<PackFile>),
}

/// The result of opening a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// A form.
    Form {
        /// The facts to show.
        imported: Imported,
        /// The form, with the id that it has here.
        draft: Box<Draft>,
        /// Whether it was stored. Otherwise it is only in `draft`.
        kept: Result<(), StoreError>,
    },
    /// A backup, merged into the records here.
    Backup(RestoreReport),
    /// A key card.
    KeyCard {
        /// The unit that the card names.
        unit: String,
        /// Whether the key is new; it then waits to be compared.
        is_new: bool,
    },
    /// A trust list.
    TrustList {
        /// How many of its keys are new; they wait to be compared.
        added: usize,
        /// How many keys it revoked, new ones among them.
        revoked: usize,
    },
    /// A locked key, to be restored with its passphrase.
    LockedKey(String),
    /// An appraisal of this form.
    Appraisal(AssessmentId),
    /// A criteria pack, which is known from now on.
    Pack(PackRef),
}

/// The facts to show of an opened form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Name of the unit.
    pub unit: String,
    /// Whether a form with the same id and other content was here, so that this is a copy with a new id.
    pub copy: bool,
    /// Whether an equal form was here.
    pub same: bool,
    /// Whether the file was signed and is sound, and whose key signed it first.
    pub signer: Option<KeyStanding>,
    /// Whether it is only looked at, since no key of this device signed it.
    pub received: bool,
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Opens a file with this name and content: detects its format and stores it.
    ///
    /// # Errors
    /// The file is refused. Records are unchanged, except where storage failed during a backup or a
    /// trust list.
    pub async fn open_file(&self, name: &str, bytes: &[u8]) -> Result<Opened, RefusedFile> {
        self.apply(name, self.read_file(name, bytes)?).await
    }

    /// Reads and verifies a file; nothing is stored. [`Device::announce`] says what it would change, and
    /// [`Device::apply`] does that.
    ///
    /// # Errors
    /// The file is refused.
    pub fn read_file(&self, name: &str, bytes: &[u8]) -> Result<Incoming, RefusedFile> {
        self.read(bytes).map_err(|why| RefusedFile::new(name, why))
    }

    /// Stores what was read from the file of this name.
    ///
    /// # Errors
    /// As [`Device::open_file`].
    pub async fn apply(&self, name: &str, incoming: Incoming) -> Result<Opened, RefusedFile> {
        let opened = self.take_in(incoming).await;
        opened.map_err(|why| RefusedFile::new(name, why))
    }

    fn read(&self, bytes: &[u8]) -> Result<Incoming, OpenError> {
        if let Some(locked) = read_lock(bytes) {
            return Ok(Incoming::LockedKey(locked));
        }
        let json = parse_once(bytes)?;
        let form = |draft| Ok(Incoming::Form(Box::new(draft)));
        match json.get("format").and_then(Json::as_text) {
            Some(BACKUP_FORMAT) => Ok(Incoming::Backup(Box::new(read(&json)?))),
            Some("bontot.key/1") => {
                let card = KeyCard::from_bytes(bytes).map_err(OpenError::Read)?;
                card.verify().map_err(|_| OpenError::Signature)?;
                Ok(Incoming::KeyCard(Box::new(card)))
            }
            Some(PACK_FORMAT | PUBLISHED_FORMAT) => {
                at_most(bytes, FILE_LIMIT)?;
                let file = PackFile::from_json(json).map_err(OpenError::from)?;
                if self.packs().namesake(&file.pack).is_some() {
                    return Err(OpenError::Namesake(name_of(&file.reference())));
                }
                Ok(Incoming::Pack(Box::new(file)))
            }
            Some("bontot.trust/1") => {
                TrustList::from_bytes(bytes).map(Incoming::TrustList).map_err(OpenError::Read)
            }
            Some("bontot.appraisal/1") => {
                let appraisal = Appraisal::from_bytes(bytes).map_err(OpenError::Read)?;
                Ok(Incoming::Appraisal(Box::new(appraisal)))
            }
            Some(DRAFT_FORMAT) => form(read_draft(&json, &self.packs())?),
            Some("bontot.assessment/1") => {
                at_most(bytes, FILE_LIMIT)?;
                form(read_form(&json, &self.packs())?)
            }
            Some(format) if is_newer(format) => Err(OpenError::Newer),
            _ => {
                // What is too large is said to be so, whatever it is.
                at_most(bytes, FILE_LIMIT)?;
                if !matches!(json, Json::Object(_)) {
                    return Err(OpenError::Read(ReadError::here(Fault::OtherProduct)));
                }
                let submission = Submission::from_json(&json).map_err(OpenError::Read)?;
                form(verify(submission, &self.packs())?)
            }
        }
    }

    async fn take_in(&self, incoming: Incoming) -> Result<Opened, OpenError> {
        match incoming {
            Incoming::LockedKey(locked) => Ok(Opened::LockedKey(locked)),
            Incoming::Backup(backup) => Ok(Opened::Backup(self.restore_backup(*backup).await?)),
            Incoming::KeyCard(card) => {
                let is_new = self.take_in_card(&card).await?;
                let unit = card.unit().to_owned();
                Ok(Opened::KeyCard { unit, is_new })
            }
            Incoming::TrustList(list) => {
                let (added, revoked) = self.take_in_list(&list).await?;
                Ok(Opened::TrustList { added, revoked })
            }
            Incoming::Appraisal(appraisal) => {
                let id = self.take_in_appraisal(&appraisal).await?;
                Ok(Opened::Appraisal(id))
            }
            Incoming::Pack(file) => Ok(Opened::Pack(self.take_pack(*file).await?)),
            Incoming::Form(draft) => self.import(*draft).await,
        }
    }

    /// Stores a form from a file without replacing another.
    async fn import(&self, mut draft: Draft) -> Result<Opened, OpenError> {
        let mut imported = Imported {
            unit: draft.form.unit.name.clone(),
            copy: false,
            same: false,
            signer: None,
            received: false,
        };
        // Read first: where storage cannot even be read, nothing is known of the form.
        let here = self.storage().get(Table::Drafts, draft.form.id.as_str()).await?;
        let is_same = |text: &str| Draft::from_text(text).is_ok_and(|own| own.form == draft.form);
        imported.same = here.as_deref().is_some_and(is_same);
        imported.copy = here.is_some() && !imported.same;
        if let Some(sealed) = &draft.sealed
            && let Ok(submission) = Submission::from_bytes(sealed.as_bytes())
        {
            let signers = self.signers_of(&submission).await?;
            // What a key of this device signed goes on here.
            let is_own = signers.iter().any(|own| matches!(own.standing, KeyStanding::Own(_)));
            draft.received &= !is_own;
            imported.signer = signers.into_iter().next().map(|signer| signer.standing);
        }
        let mut kept = Ok(());
        if here.is_none() {
            let (key, text) = (draft.form.id.as_str(), draft.to_text());
            match self.put_if_new(Table::Drafts, key, &text).await {
                // Another tab has just stored it.
                Ok(is_new) => imported.copy = !is_new,
                Err(error) => kept = Err(error),
            }
        }
        if imported.copy {
            draft = self.part(draft)?;
            kept = self.put_draft(&draft).await;
        }
        imported.received = draft.received && !imported.same;
        let draft = Box::new(draft);
        Ok(Opened::Form { imported, draft, kept })
    }
}

/// A locked key, where the file is one.
fn read_lock(bytes: &[u8]) -> Option<String> {
    let locked = LockedKey::parse(std::str::from_utf8(bytes).ok()?).ok()?;
    Some(locked.as_str().to_owned())
}

/// Parses a file. Only a backup may be longer than a draft.
fn parse_once(bytes: &[u8]) -> Result<Json, OpenError> {
    let json = parse(bytes, BACKUP_LIMIT);
    let is_backup = |json: &Json| {
        let format = json.get("format").and_then(Json::as_text);
        format.is_some_and(|format| format == BACKUP_FORMAT || is_newer(format))
    };
    if !json.as_ref().is_ok_and(is_backup) {
        at_most(bytes, DRAFT_LIMIT)?;
    }
    json.map_err(OpenError::Read)
}

/// Is this a later version of a format of ours?
fn is_newer(format: &str) -> bool {
    const OURS: [&str; 9] = [
        "bontot.backup",
        "bontot.draft",
        "bontot.assessment",
        "bontot.submission",
        "bontot.appraisal",
        "bontot.key",
        "bontot.trust",
        "bontot.pack",
        "bontot.published",
    ];
    let later = |version: &str| version.parse().is_ok_and(|version: u32| version > 1);
    let parts = format.split_once('/');
    parts.is_some_and(|(name, version)| OURS.contains(&name) && later(version))
}

fn at_most(bytes: &[u8], limit: usize) -> Result<(), OpenError> {
    if bytes.len() > limit {
        let error = ReadError::here(Fault::TooLarge { limit });
        return Err(OpenError::Read(error));
    }
    Ok(())
}

fn read<T: DeserializeOwned>(json: &Json) -> Result<T, OpenError> {
    from_json(json).map_err(OpenError::Read)
}

/// Reads a draft.
fn read_draft(json: &Json, packs: &Catalog) -> Result<Draft, OpenError> {
    let mut draft: Draft = read(json)?;
    for (n, own) in draft.set_aside.iter().enumerate() {
        let read = from_json::<SetAside>(own).map(drop);
        let at = |error: ReadError| error.within_element(n).within("set_aside");
        read.map_err(|error| OpenError::Read(at(error)))?;
    }
    draft.open(packs).map_err(|error| match error {
        DraftError::Read(error) => OpenError::Read(error),
        DraftError::UnknownPack => unknown_pack(&draft.form.pack),
    })?;
    drop_unverified_seal(&mut draft, packs);
    Ok(draft)
}

/// Reads an assessment.
fn read_form(json: &Json, packs: &Catalog) -> Result<Draft, OpenError> {
    let form: Assessment = read(json)?;
    let pack = packs.by_digest(&form.pack.digest).ok_or_else(|| unknown_pack(&form.pack))?;
    check(pack, &form).map_err(OpenError::Read)?;
    Ok(Draft::new(form))
}

/// The draft of a sound submission.
fn verify(submission: Submission, packs: &Catalog) -> Result<Draft, OpenError> {
    let pack = submission.assessment().pack.clone();
    let (receipt, verified) = receive_submission(submission, packs, &TrustList::default());
    match verified.filter(|_| receipt.status.is_sound()) {
        Some(verified) => {
            let submission = verified.content();
            let mut draft = Draft::new(submission.assessment().clone());
            draft.sealed = Some(submission.to_text());
            draft.received = true;
            Ok(draft)
        }
        None => Err(refusal(receipt, &pack)),
    }
}

fn refusal(receipt: Receipt, pack: &PackRef) -> OpenError {
    match (receipt.status, receipt.detail) {
        (Status::BadSignature, _) => OpenError::Signature,
        (_, Some(Detail::Read(error))) => OpenError::Read(error),
        (_, Some(Detail::Outcome(difference))) => {
            let place = difference.item.unwrap_or(difference.pointer);
            OpenError::Outcome(shown(&place).into_owned())
        }
        _ => unknown_pack(pack),
    }
}

fn unknown_pack(pack: &PackRef) -> OpenError {
    OpenError::Pack(name_of(pack))
}

impl From<PackFileError> for OpenError {
    fn from(error: PackFileError) -> Self {
        match error {
            PackFileError::Read(error) => OpenError::Read(error),
            PackFileError::Signature(_) => OpenError::Signature,
            PackFileError::Errors(errors) => OpenError::PackErrors(errors),
        }
    }
}

/// Drops the sealed file of a draft from elsewhere where it does not verify or is of another form.
pub(super) fn drop_unverified_seal(draft: &mut Draft, packs: &Catalog) {
    let is_own = |text: &str| {
        let Ok(submission) = Submission::from_bytes(text.as_bytes()) else {
            return false;
        };
        // A form that parted from another keeps the file that was signed before.
        let id = &submission.assessment().id;
        if *id != draft.form.id && Some(id) != draft.parted.as_ref() {
            return false;
        }
        let (receipt, _) = receive_submission(submission, packs, &TrustList::default());
        receipt.status.is_sound() || receipt.status == Status::UnknownPack
    };
    if draft.sealed.as_deref().is_some_and(|text| !is_own(text)) {
        draft.sealed = None;
    }
    // Only a file that was signed can have been handed in.
    if draft.sealed.is_none() {
        draft.handed_in = None;
    }
}
