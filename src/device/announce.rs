//! What a file that was read would change here, so that a person is asked before anything is stored.

use crate::device::open_file::drop_unverified_seal;
use crate::device::{AnnouncedPack, Device, Host, Incoming};
use crate::seal::PublicKey;
use crate::store::{
    BackupKey, Draft, KeyRecord, Merge, SavedState, Storage, StoreError, Table, TrustRecord, merge,
};
use crate::value::{Date, Instant};

/// What a file would change.
#[derive(Clone, Debug, PartialEq)]
pub enum Announced {
    /// A form is added; none is replaced.
    Form,
    /// Nothing until its passphrase is typed.
    LockedKey,
    /// An appraisal is added to its form.
    Appraisal,
    /// The key of a card is added, or is here.
    KeyCard(Box<AnnouncedKey>),
    /// The keys of a list, in its order.
    TrustList(Vec<AnnouncedKey>),
    /// A criteria pack is known from then on.
    Pack(Box<AnnouncedPack>),
    /// A backup is merged.
    Backup {
        /// When it was made, as it says.
        created: Instant,
        /// Its forms.
        forms: Vec<AnnouncedForm>,
        /// Records of forms that this version cannot read, and that are new here.
        unreadable: usize,
        /// Earlier states of forms and appraisals that are new here.
        records: usize,
        /// The names of the locked keys that are new here.
        keys: Vec<String>,
        /// The criteria packs that are new here.
        packs: Vec<AnnouncedPack>,
        /// The keys of others; none becomes trusted.
        trust: Vec<AnnouncedKey>,
        /// Keys, appraisals and packs that do not hold what they claim, and would not be taken in.
        refused: usize,
    },
}

/// A form in a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncedForm {
    /// The name of its unit.
    pub unit: String,
    /// What becomes of it; `None` for a form that is new here.
    pub becomes: Option<Merge>,
}

/// The key of another person in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncedKey {
    /// The key.
    pub key: PublicKey,
    /// The name that the file gives it.
    pub unit: String,
    /// The name of the key here; `None` for a key that is new here.
    pub here: Option<String>,
    /// Is it trusted here?
    pub is_trusted: bool,
    /// The day from which the file would revoke it; `None` where it would change nothing.
    pub revokes: Option<Date>,
}

impl Announced {
    /// Is all that the file brings here already, so that there is nothing to ask for?
    pub fn changes_nothing(&self) -> bool {
        let is_here = |key: &AnnouncedKey| key.here.is_some() && key.revokes.is_none();
        match self {
            Announced::Form | Announced::LockedKey | Announced::Appraisal => false,
            Announced::KeyCard(key) => is_here(key),
            Announced::Pack(pack) => !pack.is_new,
            Announced::TrustList(keys) => keys.iter().all(is_here),
            Announced::Backup { forms, unreadable, records, keys, packs, trust, .. } => {
                let stays =
                    |form: &AnnouncedForm| matches!(form.becomes, Some(Merge::Same | Merge::Ours));
                let is_new =
                    *unreadable > 0 || *records > 0 || !keys.is_empty() || !packs.is_empty();
                !is_new && forms.iter().all(stays) && trust.iter().all(|key| key.here.is_some())
            }
        }
    }
}

impl<S: Storage, H: Host> Device<S, H> {
    /// What a file would change. Nothing is stored.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn announce(&self, incoming: &Incoming) -> Result<Announced, StoreError> {
        let backup = match incoming {
            Incoming::Form(_) => return Ok(Announced::Form),
            Incoming::LockedKey(_) => return Ok(Announced::LockedKey),
            Incoming::Appraisal(_) => return Ok(Announced::Appraisal),
            Incoming::KeyCard(card) => {
                let key = self.announce_key(card.key(), card.unit(), None, true).await?;
                return Ok(Announced::KeyCard(Box::new(key)));
            }
            Incoming::Pack(file) => {
                return Ok(Announced::Pack(Box::new(self.announce_pack(file).await?)));
            }
            Incoming::TrustList(list) => {
                let mut keys = Vec::with_capacity(list.keys.len());
                for own in &list.keys {
                    keys.push(self.announce_key(own.key, &own.unit, own.revoked, true).await?);
                }
                return Ok(Announced::TrustList(keys));
            }
            Incoming::Backup(backup) => backup,
        };
        let storage = self.storage();
        let mut forms = Vec::with_capacity(backup.drafts.len());
        for theirs in &backup.drafts {
            let mut theirs = theirs.clone();
            drop_unverified_seal(&mut theirs, &self.packs());
            let here = storage.get(Table::Drafts, theirs.form.id.as_str()).await?;
            let becomes = here.map(|text| {
                Draft::from_text(&text).map_or(Merge::Both, |ours| merge(&ours, &theirs))
            });
            let becomes = match becomes {
                Some(Merge::Both) if self.has_parted(&theirs).await? => Some(Merge::Same),
                becomes => becomes,
            };
            forms.push(AnnouncedForm { unit: theirs.form.unit.name.clone(), becomes });
        }
        let (mut keys, mut refused) = (Vec::new(), 0);
        for BackupKey { kid, key } in &backup.keys {
            match self.claimed_key(kid, KeyRecord::clone(key)) {
                None => refused += 1,
                Some(_) if storage.get(Table::Keys, kid).await?.is_some() => {}
                Some(key) => keys.push(key.unit),
            }
        }
        let mut packs = Vec::new();
        for record in &backup.packs {
            match self.claimed_pack(record) {
                None => refused += 1,
                Some(file) => packs.push(self.announce_pack(&file).await?),
            }
        }
        packs.retain(|pack| pack.is_new);
        let mut trust = Vec::new();
        for record in &backup.trust {
            if let Ok(theirs) = TrustRecord::from_text(&record.text) {
                let (key, revoked) = (theirs.key, theirs.revoked);
                trust.push(self.announce_key(key, &theirs.unit, revoked, false).await?);
            }
        }
        let mut records = 0;
        for record in &backup.appraised {
            match self.claimed_appraisal(record) {
                None => refused += 1,
                Some(_) if storage.get(Table::Appraised, &record.key).await?.is_some() => {}
                Some(_) => records += 1,
            }
        }
        for record in &backup.history {
            if let Some(state) = SavedState::from_key(&record.key)
                && !self.has_state(state, &record.text).await?
            {
                records += 1;
            }
        }
        let mut unreadable = 0;
        for record in &backup.unreadable {
            let here = storage.get(Table::Drafts, &record.key).await?;
            unreadable += usize::from(here.is_none());
        }
        let created = backup.created;
        Ok(Announced::Backup { created, forms, unreadable, records, keys, packs, trust, refused })
    }

    /// What a file would change about a key. Only a list revokes a key that is here.
    async fn announce_key(
        &self,
        key: PublicKey,
        unit: &str,
        revoked: Option<Date>,
        is_list: bool,
    ) -> Result<AnnouncedKey, StoreError> {
        let here = self.storage().get(Table::Trust, &key.kid()).await?;
        let own = here.as_ref().map(|text| TrustRecord::from_text(text));
        let is_earlier = |own: &TrustRecord, day: Date| own.revoked.is_none_or(|own| day < own);
        let revokes = revoked.filter(|day| match &own {
            None => true,
            Some(Ok(own)) => is_list && is_earlier(own, *day),
            Some(Err(_)) => false,
        });
        let own = own.map(Result::ok);
        Ok(AnnouncedKey {
            key,
            unit: self.host.normalize(unit),
            is_trusted: matches!(&own, Some(Some(own)) if own.added.is_some()),
            here: own.map(|own| own.map(|own| own.unit).unwrap_or_default()),
            revokes,
        })
    }
}
