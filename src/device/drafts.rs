//! Forms being filled on this device: making, reading, storing and listing them.

use crate::device::ids::new_id;
use crate::device::periods::usual_period;
use crate::device::rows::{self, Row};
use crate::device::{Device, DeviceError, Host, NamedFile, NoEntropy};
use crate::form::Assessment;
use crate::json::ReadError;
use crate::session::Session;
use crate::store::{Draft, DraftError, Storage, StoreError, Table, Write};
use crate::value::AssessmentId;

/// The record of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundDraft {
    /// There is none.
    Nothing,
    /// It cannot be read.
    Unreadable(ReadError),
    /// A draft; whether it opens depends on the known packs.
    Draft(Box<Draft>),
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Makes a blank form of the pack with this id, for its usual period. It is not stored yet.
    ///
    /// # Errors
    /// No such pack is known, or there are no random bytes for the id of the form.
    pub fn new_form(&self, pack_id: &str) -> Result<Draft, DeviceError> {
        let packs = self.packs();
        let mut known = packs.packs().iter();
        let no_pack = || DeviceError::NoPack(pack_id.to_owned());
        let pack = known.find(|pack| pack.id.as_str() == pack_id);
        let pack = pack.ok_or_else(no_pack)?;
        let period = usual_period(pack, self.host.today());
        let form = Assessment::blank(pack, new_id(&self.host)?, period, self.host.now());
        form.map(Draft::new).ok_or_else(no_pack)
    }

    /// Reads the draft of a form.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn read_draft(&self, id: &AssessmentId) -> Result<FoundDraft, StoreError> {
        let text = self.storage().get(Table::Drafts, id.as_str()).await?;
        Ok(match text.map(|text| Draft::from_text(&text)) {
            None => FoundDraft::Nothing,
            Some(Err(error)) => FoundDraft::Unreadable(error),
            Some(Ok(draft)) => FoundDraft::Draft(Box::new(draft)),
        })
    }

    /// Opens a draft with the known packs.
    ///
    /// # Errors
    /// As [`Draft::open`].
    pub fn open_draft(&self, draft: &Draft) -> Result<Session, DraftError> {
        draft.open(&self.packs())
    }

    /// Stores a draft under an id that nobody else has yet; a tab that goes on with a form uses
    /// [`Device::save`].
    ///
    /// # Errors
    /// It cannot be stored.
    pub async fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        self.put_draft_text(&draft.form.id, &draft.to_text()).await
    }

    /// Stores the text of a draft, replacing the record of its form.
    ///
    /// # Errors
    /// It cannot be stored.
    pub async fn put_draft_text(&self, id: &AssessmentId, text: &str) -> Result<(), StoreError> {
        self.storage().put(Table::Drafts, id.as_str(), text).await
    }

    /// The draft as a form of its own, marked as parted from the one that it was.
    ///
    /// # Errors
    /// There are no random bytes for its id.
    pub fn part(&self, mut draft: Draft) -> Result<Draft, NoEntropy> {
        // Made before the id changes: a state without ids is known by its content.
        draft.lineage = Some(draft.lineage());
        let own = std::mem::replace(&mut draft.form.id, new_id(&self.host)?);
        draft.parted = Some(own);
        Ok(draft)
    }

    /// From now on a form that was received may be filled on: a person said that it is the own unit's.
    ///
    /// # Errors
    /// It cannot be stored.
    pub async fn make_own(&self, id: &AssessmentId) -> Result<(), StoreError> {
        let own = |text: Option<&str>| {
            // What is gone, or cannot be read, stays so, and the page shows that.
            let Some(Ok(draft)) = text.map(Draft::from_text) else { return (Write::Leave, ()) };
            (Write::Put(Draft { received: false, ..draft }.to_text()), ())
        };
        self.storage().change(Table::Drafts, id.as_str(), own).await
    }

    /// Stores a draft as a copy and returns its new id, for when another writer has the form.
    ///
    /// # Errors
    /// There are no random bytes for the id, or it cannot be stored.
    pub async fn keep_copy(&self, draft: Draft) -> Result<AssessmentId, DeviceError> {
        let draft = self.part(draft)?;
        self.put_draft(&draft).await?;
        Ok(draft.form.id)
    }

    /// The list of forms, the latest change first; a row for each record, readable or not.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn rows(&self) -> Result<Vec<Row>, StoreError> {
        let records = self.storage().list(Table::Drafts).await?;
        Ok(rows::list(records, &self.packs(), self.host.now()))
    }

    /// The record of a form as a file, for a form that cannot be read; empty where there is none.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn raw_draft(&self, key: &str) -> Result<NamedFile, StoreError> {
        let text = self.storage().get(Table::Drafts, key).await?;
        Ok(NamedFile { name: format!("bontot_{key}.json"), text: text.unwrap_or_default() })
    }
}
