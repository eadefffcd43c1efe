//! What the desk of this device has received: a record of each file, and the text that was signed.
//!
//! Received files are not drafts: nothing here opens one for editing.

use crate::desk::register::{Arrival, Received};
use crate::device::{Device, Host};
use crate::store::{Storage, StoreError, Table, Write};

/// How many records are read at once: no more than the page can hand on between two frames.
const AT_ONCE: u32 = 100;

impl<S: Storage, H: Host> Device<S, H> {
    /// Stores what was received, in one transaction; returns the records as they are stored now. A file that is here
    /// already is merged with what came by the rules of the register; a record that cannot be read stays as it is.
    ///
    /// # Errors
    /// Nothing of it could be stored.
    pub async fn hold_received(&self, arrivals: &[Arrival]) -> Result<Vec<String>, StoreError> {
        let received = arrivals.iter().filter_map(|arrival| match arrival {
            Arrival::Received { key, record, text } => Some((key, record, text)),
            Arrival::Picture(_) => None,
        });
        let received: Vec<_> = received.collect();
        let record_at = received.iter().map(|(key, ..)| (Table::Received, (*key).clone()));
        let text_at = received.iter().map(|(key, ..)| (Table::Texts, (*key).clone()));
        let at: Vec<_> = record_at.chain(text_at).collect();
        let count = received.len();
        let mut stored: Vec<String> = Vec::with_capacity(count);
        let mut changed = Vec::with_capacity(count);
        let decide = |place: usize, now: Option<&str>| {
            let Some((_, record, text)) = received.get(place % count.max(1)) else {
                return Write::Leave;
            };
            if place < count {
                let write = merged(now, record);
                changed.push(matches!(write, Write::Put(_)));
                stored.push(match &write {
                    Write::Put(text) => text.clone(),
                    _ => now.unwrap_or_default().to_owned(),
                });
                return write;
            }
            let is_new = now.is_none() || changed.get(place - count) == Some(&true);
            match text {
                Some(text) if is_new && now != Some(text) => Write::Put(text.clone()),
                _ => Write::Leave,
            }
        };
        self.storage().change_all(&at, decide).await?;
        Ok(stored)
    }

    /// Some records, in the order of their keys, from the first on or from behind a key; and the key of the last, behind
    /// which the next stand. `None` where there are no more.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn received_behind(
        &self,
        behind: Option<&str>,
    ) -> Result<Option<(Vec<String>, String)>, StoreError> {
        let records = self.storage().some(Table::Received, behind, AT_ONCE).await?;
        let last = records.last().map(|(key, _)| key.clone());
        let records = records.into_iter().map(|(_, text)| text).collect();
        Ok(last.map(|last| (records, last)))
    }

    /// The text of a received file; `None` where it could not be read.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn received_text(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.storage().get(Table::Texts, key).await
    }

    /// Takes files out of the register.
    ///
    /// # Errors
    /// None of them is taken out.
    pub async fn take_back(&self, keys: &[String]) -> Result<(), StoreError> {
        let of = |table| keys.iter().map(move |key| (table, key.clone()));
        let at: Vec<_> = of(Table::Received).chain(of(Table::Texts)).collect();
        self.storage().change_all(&at, |_, _| Write::Remove).await
    }
}

/// What becomes of a record where this one came.
fn merged(now: Option<&str>, new: &str) -> Write {
    let Some(now) = now else {
        return Write::Put(new.to_owned());
    };
    if now == new {
        return Write::Leave;
    }
    let (Ok(old), Ok(new)) = (Received::from_text(now), Received::from_text(new)) else {
        return Write::Leave;
    };
    match Received::merged(&old, &new) {
        Ok(both) if both != old => Write::Put(both.to_text()),
        _ => Write::Leave,
    }
}
