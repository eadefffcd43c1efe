//! Keys of others on this device: they are read from files and trusted once people have compared
//! their check codes.

use crate::desk::TrustList;
use crate::device::{Device, Host};
use crate::seal::KeyCard;
use crate::store::{Deed, Storage, StoreError, Table, TrustRecord};
use crate::value::Date;

impl<S: Storage, H: Host> Device<S, H> {
    /// The keys of others: waiting ones first, then by name. Records that cannot be read are skipped. Where others can write
    /// to the storage, a key waits unless its record is proved under the key that is open; what is revoked stays revoked.
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
            // A record under the thumbprint of another key is forged.
            if let Ok(mut record) = TrustRecord::from_text(&text)
                && record.key.kid() == kid
            {
                if !self.trust_counts(&record) {
                    record.withdraw_trust();
                }
                let own = order(&record);
                let at = all.partition_point(|other| order(other) <= own);
                all.insert(at, record);
            }
        }
        Ok(all)
    }

    /// The keys that stand as trusted in the storage, which others can write to, and are not proved under the key that is
    /// open: their thumbprints.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn unproved_keys(&self) -> Result<Vec<String>, StoreError> {
        let records = self.storage().list(Table::Trust).await?.into_iter();
        let unproved = records.filter(|(kid, text)| {
            TrustRecord::from_text(text).is_ok_and(|record| {
                let is_trusted = record.added.is_some() && record.revoked.is_none();
                is_trusted && record.key.kid() == *kid && !self.trust_counts(&record)
            })
        });
        Ok(unproved.map(|(kid, _)| kid).collect())
    }

    /// The trusted keys.
    ///
    /// # Errors
    /// As [`Device::others_keys`].
    pub async fn trust_list(&self) -> Result<TrustList, StoreError> {
        Ok(TrustRecord::list(&self.others_keys().await?))
    }

    /// Trusts a key whose check code was compared.
    ///
    /// # Errors
    /// It cannot be stored; or others can write to the storage, and no key is open to prove the record.
    pub async fn trust_key(&self, kid: &str) -> Result<(), StoreError> {
        self.can_prove()?;
        let (today, now) = (self.host.today(), self.host.now());
        self.change_trust(kid, |record| {
            record.added = Some(today);
            record.note(Deed::Trusted, now);
        })
        .await
    }

    /// Trusts a key of a list whose source a person vouches for. No code was compared, so no deed says that one was.
    ///
    /// # Errors
    /// As [`Device::trust_key`].
    pub async fn trust_listed_key(&self, kid: &str) -> Result<(), StoreError> {
        self.can_prove()?;
        let today = self.host.today();
        self.change_trust(kid, |record| {
            if record.revoked.is_none() {
                record.added = record.added.or(Some(today));
            }
        })
        .await
    }

    /// Revokes a key from a day on; `None` withdraws the revocation.
    ///
    /// # Errors
    /// It cannot be stored.
    pub async fn revoke_key(&self, kid: &str, from: Option<Date>) -> Result<(), StoreError> {
        let now = self.host.now();
        self.change_trust(kid, |record| {
            record.revoked = from;
            let deed = if from.is_some() { Deed::Revoked } else { Deed::Restored };
            record.note(deed, now);
        })
        .await
    }

    /// Removes a key that was never trusted.
    ///
    /// # Errors
    /// Storage fails.
    pub async fn drop_waiting_key(&self, kid: &str) -> Result<(), StoreError> {
        self.storage().remove(Table::Trust, kid).await
    }

    /// Stores a key unless it is here; returns whether it is new.
    pub(super) async fn take_in_key(&self, record: &TrustRecord) -> Result<bool, StoreError> {
        let (kid, text) = (record.key.kid(), record.to_text());
        self.put_if_new(Table::Trust, &kid, &text).await
    }

    /// Stores the key of a verified card unless it is here; returns whether it is new.
    pub(super) async fn take_in_card(&self, card: &KeyCard) -> Result<bool, StoreError> {
        let unit = self.host.normalize(card.unit());
        let record = TrustRecord::new(card.key(), unit, Deed::Card, self.host.now());
        self.take_in_key(&record).await
    }

    /// Stores the keys of a list, untrusted; returns how many are new, and how many it revoked, new ones
    /// among them. Keys that the list revokes are revoked here too, without a comparison.
    pub(super) async fn take_in_list(
        &self,
        list: &TrustList,
    ) -> Result<(usize, usize), StoreError> {
        let (mut added, mut revoked) = (0, 0);
        for entry in &list.keys {
            let now = self.host.now();
            let unit = self.host.normalize(&entry.unit);
            let mut record = TrustRecord::new(entry.key, unit, Deed::Listed, now);
            record.revoked = entry.revoked;
            if self.take_in_key(&record).await? {
                added += 1;
                revoked += usize::from(entry.revoked.is_some());
            } else if let Some(day) = entry.revoked {
                self.change_trust(&entry.key.kid(), |own| {
                    if own.revoked.is_none_or(|own| day < own) {
                        own.revoked = Some(day);
                        own.note(Deed::Revoked, now);
                        revoked += 1;
                    }
                })
                .await?;
            }
        }
        Ok((added, revoked))
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
            // Only a person who trusts makes a proof of a record that had none.
            let counts = self.trust_counts(&record);
            if !counts {
                record.withdraw_trust();
            }
            change(&mut record);
            record.mac = None;
            if self.host.storage_is_shared()
                && record.added.is_some()
                && let Some(key) = self.any_opened_key()
            {
                record.prove(&key);
            }
            storage.put(Table::Trust, kid, &record.to_text()).await?;
        }
        Ok(())
    }

    /// Trust that nothing proves would count for nothing where others can write to the storage.
    fn can_prove(&self) -> Result<(), StoreError> {
        let is_provable = !self.host.storage_is_shared() || self.any_opened_key().is_some();
        is_provable.then_some(()).ok_or(StoreError::NoOpenKey)
    }

    /// Does the trust in this record count? Where others can write to the storage, only what is proved under the open key.
    fn trust_counts(&self, record: &TrustRecord) -> bool {
        !self.host.storage_is_shared()
            || self.any_opened_key().is_some_and(|key| record.is_proved(&key))
    }
}
