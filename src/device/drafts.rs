//! Forms being filled on this device: making, reading, keeping and listing them.

use crate::device::ids::new_id;
use crate::device::periods::usual_period;
use crate::device::rows::{self, Row};
use crate::device::{Device, DeviceError, Host, NamedFile};
use crate::form::Assessment;
use crate::json::ReadError;
use crate::session::Session;
use crate::store::{Draft, DraftError, Storage, StoreError, Table};
use crate::value::AssessmentId;

/// What stands under the id of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundDraft {
    /// Nothing.
    Nothing,
    /// A record that cannot be read, and stays as it is.
    Unreadable(ReadError),
    /// A draft; whether it opens depends on the packs that are known.
    Draft(Box<Draft>),
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Makes an empty form of the pack with this id, for the period that it most likely covers. It
    /// is not kept yet.
    ///
    /// # Errors
    /// No such pack is known here, or there are no random bytes for its id.
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

    /// Opens a draft with the packs that are known here.
    ///
    /// # Errors
    /// As [`Draft::open`].
    pub fn open_draft(&self, draft: &Draft) -> Result<Session, DraftError> {
        draft.open(&self.packs())
    }

    /// Keeps a draft, in place of what was under its id.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        self.put_draft_text(&draft.form.id, &draft.to_text()).await
    }

    /// Keeps the text of a draft, in place of what was under its id.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn put_draft_text(&self, id: &AssessmentId, text: &str) -> Result<(), StoreError> {
        self.storage().put(Table::Drafts, id.as_str(), text).await
    }

    /// Keeps a draft as a form of its own, and gives the new id: another writer has its place.
    ///
    /// # Errors
    /// There are no random bytes for the id, or it cannot be kept.
    pub async fn keep_copy(&self, mut draft: Draft) -> Result<AssessmentId, DeviceError> {
        draft.form.id = new_id(&self.host)?;
        self.put_draft(&draft).await?;
        Ok(draft.form.id)
    }

    /// The list of forms, last changed first; one row for each record, whatever is in it.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn rows(&self) -> Result<Vec<Row>, StoreError> {
        let records = self.storage().list(Table::Drafts).await?;
        Ok(rows::list(records, &self.packs()))
    }

    /// The data of a form as it is, for a form that cannot be read; empty where there is none.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn raw_draft(&self, key: &str) -> Result<NamedFile, StoreError> {
        let text = self.storage().get(Table::Drafts, key).await?;
        Ok(NamedFile {
            name: ["bontot_", key, ".json"].concat(),
            text: text.unwrap_or_default(),
        })
    }
}
