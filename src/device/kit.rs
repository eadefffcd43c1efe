//! Packs that are being written on this device. As with forms, a write never goes over what was not read, and what is
//! deleted can be brought back.

use crate::device::ids::new_id;
use crate::device::{Device, Host, NoEntropy, OpenError, OwnKeyError};
use crate::json::{Json, ReadError};
use crate::seal::{PackFile, PackFileError, Published, PublishedContent, SecretKey};
use crate::store::{KitRecord, Record, Storage, StoreError, Table, Write};
use crate::value::AssessmentId;

/// The most earlier states that are kept of a pack.
const STATES_LIMIT: usize = 30;

/// A record in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KitRow {
    /// Its key.
    pub key: String,
    /// The record, or why it cannot be read.
    pub record: Result<Box<KitRecord>, ReadError>,
}

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KitSaved {
    /// It is on disk.
    Done,
    /// Another tab has written it since it was read. What was to be written is on disk as a pack of its own, with this id.
    Apart(AssessmentId),
}

/// Why a pack was not published.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PublishError {
    /// The key cannot be made or opened.
    #[error(transparent)]
    Key(#[from] OwnKeyError),
    /// It is no pack yet, it has errors, or another pack bears its id and version.
    #[error(transparent)]
    Refused(#[from] OpenError),
}

impl From<PackFileError> for PublishError {
    fn from(error: PackFileError) -> Self {
        PublishError::Refused(error.into())
    }
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Begins a pack; it is not stored yet.
    ///
    /// # Errors
    /// There are no random bytes for its id.
    pub fn new_kit(&self, pack: Json) -> Result<KitRecord, NoEntropy> {
        let (id, now) = (new_id(self.host())?, self.host().now());
        let clauses = String::new();
        Ok(KitRecord { id, pack, clauses, revision: 0, created: now, updated: now, deleted: None })
    }

    /// The packs that are being written, the latest change first; those that are deleted and cannot be read as well.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn kits(&self) -> Result<Vec<KitRow>, StoreError> {
        let all = self.storage().list(Table::Kit).await?;
        let read = |(key, text): (String, String)| KitRow {
            key,
            record: KitRecord::from_text(&text).map(Box::new),
        };
        let mut rows: Vec<KitRow> = all.into_iter().map(read).collect();
        rows.sort_by(|one, other| {
            let updated = |row: &KitRow| row.record.as_ref().ok().map(|own| own.updated);
            updated(other).cmp(&updated(one)).then_with(|| one.key.cmp(&other.key))
        });
        Ok(rows)
    }

    /// Reads a pack that is being written; `None` where there is none, or where it is deleted.
    ///
    /// # Errors
    /// Storage cannot be read. A record that cannot be read is in the list.
    pub async fn read_kit(&self, id: &AssessmentId) -> Result<Option<KitRecord>, StoreError> {
        let text = self.storage().get(Table::Kit, id.as_str()).await?;
        let record = text.and_then(|text| KitRecord::from_text(&text).ok());
        Ok(record.filter(|record| record.deleted.is_none()))
    }

    /// Writes a pack over the revision before its own. Where another tab wrote it meanwhile, or what is there cannot be read,
    /// it is stored as a pack of its own, and that one is left as it is.
    ///
    /// # Errors
    /// It cannot be stored, or there are no random bytes for the id of its own.
    pub async fn save_kit(&self, record: &KitRecord) -> Result<KitSaved, StoreError> {
        let text = record.to_text();
        let decide = |now: Option<&str>| {
            let before = now.map(KitRecord::revision_of);
            match before {
                None => (Write::Put(text), true),
                Some(Ok(before)) if before + 1 == record.revision => (Write::Put(text), true),
                Some(_) => (Write::Leave, false),
            }
        };
        if self.storage().change(Table::Kit, record.id.as_str(), decide).await? {
            return Ok(KitSaved::Done);
        }
        let own = KitRecord { id: new_id(self.host())?, revision: 0, ..record.clone() };
        self.storage().put(Table::Kit, own.id.as_str(), &own.to_text()).await?;
        Ok(KitSaved::Apart(own.id))
    }

    /// Keeps a state of a pack among the earlier ones; the oldest go where there are too many.
    ///
    /// # Errors
    /// It cannot be stored.
    pub async fn keep_kit_state(&self, record: &KitRecord) -> Result<(), StoreError> {
        let storage = self.storage();
        storage.put(Table::KitStates, &record.state_key(), &record.to_text()).await?;
        let own = self.kit_state_keys(&record.id).await?;
        for key in own.iter().take(own.len().saturating_sub(STATES_LIMIT)) {
            storage.remove(Table::KitStates, key).await?;
        }
        Ok(())
    }

    /// The earlier states of a pack, the latest first. What cannot be read is left out.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn kit_states(&self, id: &AssessmentId) -> Result<Vec<KitRecord>, StoreError> {
        let storage = self.storage();
        let mut states = Vec::new();
        for key in self.kit_state_keys(id).await?.iter().rev() {
            let text = storage.get(Table::KitStates, key).await?;
            states.extend(text.and_then(|text| KitRecord::from_text(&text).ok()));
        }
        Ok(states)
    }

    async fn kit_state_keys(&self, id: &AssessmentId) -> Result<Vec<String>, StoreError> {
        let mut keys = self.storage().keys(Table::KitStates).await?;
        keys.retain(|key| key.split_once('/').is_some_and(|(own, _)| own == id.as_str()));
        keys.sort_unstable();
        Ok(keys)
    }

    /// Publishes a pack: signs it, reads the file back as any device would, and takes it here, so that forms can be made by
    /// it.
    ///
    /// # Errors
    /// It is no pack yet or has errors, another pack bears its id and version, or it cannot be stored.
    pub async fn publish(
        &self,
        pack: Json,
        (author, note): (&str, &str),
        key: &SecretKey,
    ) -> Result<PackFile, PublishError> {
        let normal = |text: &str| self.host().normalize(text);
        let date = self.host().today();
        let content = PublishedContent { pack, author: normal(author), note: normal(note), date };
        let published = Published::make(content, key, self.host().now());
        let file = PackFile::from_bytes(published.to_text().as_bytes())?;
        self.take_pack(file.clone()).await?;
        Ok(file)
    }

    /// Takes in a pack that is being written from a backup: as it is where there is none of its id, among the earlier states
    /// where there is one. Returns whether it is new here; `None` where the record does not hold what it claims.
    pub(super) async fn take_in_kit(&self, record: &Record) -> Result<Option<bool>, StoreError> {
        let Some(theirs) = KitRecord::from_text(&record.text).ok() else { return Ok(None) };
        if theirs.id.as_str() != record.key {
            return Ok(None);
        }
        let text = theirs.to_text();
        let decide = |now: Option<&str>| match now {
            None => (Write::Put(text.clone()), (true, false)),
            Some(now) => (Write::Leave, (false, now != text)),
        };
        let storage = self.storage();
        let (is_new, differs) = storage.change(Table::Kit, &record.key, decide).await?;
        if differs {
            let key = theirs.state_key();
            let put = |now: Option<&str>| match now {
                None => (Write::Put(text.clone()), true),
                Some(now) => (Write::Leave, now == text),
            };
            // Another state of this revision is there: this one is kept as a pack of its own.
            if !storage.change(Table::KitStates, &key, put).await? {
                let own = KitRecord { id: new_id(self.host())?, ..theirs };
                storage.put(Table::Kit, own.id.as_str(), &own.to_text()).await?;
                return Ok(Some(true));
            }
        }
        Ok(Some(is_new))
    }

    /// Deletes a pack that is being written, or brings it back. Returns whether it is there.
    ///
    /// # Errors
    /// It cannot be stored.
    pub async fn delete_kit(&self, id: &AssessmentId, deletes: bool) -> Result<bool, StoreError> {
        let now = self.host().now();
        let decide = |text: Option<&str>| {
            let Some(Ok(record)) = text.map(KitRecord::from_text) else {
                return (Write::Leave, false);
            };
            let deleted = deletes.then_some(now);
            let revision = record.revision + 1;
            (Write::Put(KitRecord { deleted, revision, ..record }.to_text()), true)
        };
        self.storage().change(Table::Kit, id.as_str(), decide).await
    }
}
