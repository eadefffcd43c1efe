//! Keys of others on this device: they come in files, wait until people have compared their check
//! codes, and only then count as trusted.

use crate::desk::TrustList;
use crate::device::{Device, Host};
use crate::seal::KeyCard;
use crate::store::{Deed, Storage, StoreError, Table, TrustRecord};
use crate::value::Date;

impl<S: Storage, H: Host> Device<S, H> {
    /// The keys of others: those that wait first, then by name. A record that cannot be read is left
    /// out and left alone.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn others_keys(&self) -> Result<Vec<TrustRecord>, StoreError> {
        let records = self.storage().list(Table::Trust).await?;
        let mut all: Vec<TrustRecord> = Vec::new();
        let order = |record: &TrustRecord| {
            let name = self.host.lower_case(&record.unit);
            (record.added.is_some(), name)
        };
        for (kid, text) in records {
            // Whoever wrote a key under another's name wrote no record of ours.
            if let Ok(record) = TrustRecord::from_text(&text)
                && record.key.kid() == kid
            {
                let own = order(&record);
                let at = all.partition_point(|other| order(other) <= own);
                all.insert(at, record);
            }
        }
        Ok(all)
    }

    /// The keys that are trusted.
    ///
    /// # Errors
    /// As [`Device::others_keys`].
    pub async fn trust_list(&self) -> Result<TrustList, StoreError> {
        Ok(TrustRecord::list(&self.others_keys().await?))
    }

    /// Trusts a key whose check code was compared.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn trust_key(&self, kid: &str) -> Result<(), StoreError> {
        let (today, now) = (self.host.today(), self.host.now());
        self.change_trust(kid, |record| {
            record.added = Some(today);
            record.note(Deed::Trusted, now);
        })
        .await
    }

    /// Revokes a key from a day on, or takes that back.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn revoke_key(&self, kid: &str, from: Option<Date>) -> Result<(), StoreError> {
        let now = self.host.now();
        self.change_trust(kid, |record| {
            record.revoked = from;
            let deed = if from.is_some() {
                Deed::Revoked
            } else {
                Deed::Restored
            };
            record.note(deed, now);
        })
        .await
    }

    /// Drops a key that was never trusted.
    ///
    /// # Errors
    /// Storage does not do it.
    pub async fn drop_waiting_key(&self, kid: &str) -> Result<(), StoreError> {
        self.storage().remove(Table::Trust, kid).await
    }

    /// Takes in a key that is not here yet; says whether it was not.
    pub(super) async fn take_in_key(&self, record: &TrustRecord) -> Result<bool, StoreError> {
        let (storage, kid) = (self.storage(), record.key.kid());
        let is_new = storage.get(Table::Trust, &kid).await?.is_none();
        if is_new {
            storage.put(Table::Trust, &kid, &record.to_text()).await?;
        }
        Ok(is_new)
    }

    /// Takes in the key of a card that its own key has signed; says whether it was not here.
    pub(super) async fn take_in_card(&self, card: &KeyCard) -> Result<bool, StoreError> {
        let unit = self.host.normalize(card.unit());
        let record = TrustRecord::new(card.key(), unit, Deed::Card, self.host.now());
        self.take_in_key(&record).await
    }

    /// Takes in the keys of a list, none of which is trusted by that; says how many were not here.
    /// What the list revokes is revoked here too: to distrust needs nobody's word.
    pub(super) async fn take_in_list(&self, list: &TrustList) -> Result<usize, StoreError> {
        let mut added = 0;
        for entry in &list.keys {
            let now = self.host.now();
            let unit = self.host.normalize(&entry.unit);
            let mut record = TrustRecord::new(entry.key, unit, Deed::Listed, now);
            record.revoked = entry.revoked;
            if self.take_in_key(&record).await? {
                added += 1;
            } else if let Some(day) = entry.revoked {
                self.change_trust(&entry.key.kid(), |own| {
                    if own.revoked.is_none_or(|own| day < own) {
                        own.revoked = Some(day);
                        own.note(Deed::Revoked, now);
                    }
                })
                .await?;
            }
        }
        Ok(added)
    }

    async fn change_trust(
        &self,
        kid: &str,
        change: impl FnOnce(&mut TrustRecord),
    ) -> Result<(), StoreError> {
        let storage = self.storage();
        // A record that cannot be read stays as it is.
        if let Some(text) = storage.get(Table::Trust, kid).await?
            && let Ok(mut record) = TrustRecord::from_text(&text)
        {
            change(&mut record);
            storage.put(Table::Trust, kid, &record.to_text()).await?;
        }
        Ok(())
    }
}
