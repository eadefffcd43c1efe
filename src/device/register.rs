//! What the desk of this device has received: a record of each file, and the text that was signed.
//!
//! Received files are not drafts: nothing here opens one for editing.

use crate::desk::register::Arrival;
use crate::device::{Device, Host};
use crate::store::{Storage, StoreError, Table, Write};

/// How many records are read at once: no more than the page can hand on between two frames.
const AT_ONCE: u32 = 60;

/// One file that came.
struct File<'a> {
    key: &'a String,
    record: &'a String,
    text: &'a Option<String>,
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Stores what was received, in one transaction; returns the records of files as they are stored now. Each file is stored
    /// whole, its record with its text. An appraisal that is here stays as it came. Where another record of a file is here, `merge` gets both and says what becomes of them, `None` where the one
    /// that is here stays.
    ///
    /// # Errors
    /// What storage says, or `merge`: what is not stored then can be received again.
    pub async fn hold_received<E: From<StoreError>>(
        &self,
        arrivals: &[Arrival],
        merge: impl AsyncFn(Vec<(String, String)>) -> Result<Vec<Option<String>>, E>,
    ) -> Result<Vec<String>, E> {
        let files = arrivals.iter().filter_map(|arrival| match arrival {
            Arrival::Received { key, record, text } => Some(File { key, record, text }),
            Arrival::Appraisal { .. } | Arrival::Picture(_) | Arrival::Pdf(_) => None,
        });
        let files: Vec<File<'_>> = files.collect();
        let answers = arrivals.iter().filter_map(|arrival| match arrival {
            Arrival::Appraisal { key, record } => Some((key, record)),
            Arrival::Received { .. } | Arrival::Picture(_) | Arrival::Pdf(_) => None,
        });
        let answers: Vec<_> = answers.collect();
        let put = files.iter().map(|file| Some(file.record.clone())).collect();
        let mut stored: Vec<String> = files.iter().map(|file| file.record.clone()).collect();
        let mut others = self.put_received(&files, &answers, &vec![None; files.len()], put).await?;
        // Again where another tab stored something in between.
        while others.iter().any(Option::is_some) {
            let pairs = others.iter().zip(&files);
            let pairs = pairs.filter_map(|(old, file)| Some((old.clone()?, file.record.clone())));
            let mut merged = merge(pairs.collect()).await?.into_iter();
            let mut put = Vec::with_capacity(files.len());
            for (old, now) in others.iter().zip(&mut stored) {
                let both = old.as_ref().and_then(|_| merged.next().flatten());
                if let Some(text) = both.as_ref().or(old.as_ref()) {
                    now.clone_from(text);
                }
                put.push(both);
            }
            others = self.put_received(&files, &[], &others, put).await?;
        }
        Ok(stored)
    }

    /// Stores records, in one transaction, with the texts of their files, where still these records are here; returns what
    /// is here instead. A record that is the same is left, and so is one for which none is given. Appraisals are stored where
    /// they are not here.
    async fn put_received(
        &self,
        files: &[File<'_>],
        answers: &[(&String, &String)],
        expected: &[Option<String>],
        put: Vec<Option<String>>,
    ) -> Result<Vec<Option<String>>, StoreError> {
        let of = |table| files.iter().map(move |file| (table, file.key.clone()));
        let more = answers.iter().map(|(key, _)| (Table::Answers, (*key).clone()));
        let at: Vec<_> = of(Table::Received).chain(of(Table::Texts)).chain(more).collect();
        let count = files.len();
        let mut others = vec![None; count];
        let mut is_put = vec![false; count];
        self.storage()
            .change_all(&at, |place, now| {
                if let Some((_, record)) = place.checked_sub(2 * count).and_then(|n| answers.get(n))
                {
                    return if now.is_some() {
                        Write::Leave
                    } else {
                        Write::Put((*record).clone())
                    };
                }
                if place >= count {
                    let place = place - count;
                    let text = files[place].text.as_ref().filter(|_| is_put[place]);
                    return text.map_or(Write::Leave, |text| Write::Put(text.clone()));
                }
                let Some(record) = &put[place] else {
                    return Write::Leave;
                };
                if now == Some(record) {
                    return Write::Leave;
                }
                if now != expected[place].as_deref() {
                    others[place] = now.map(str::to_owned);
                    return Write::Leave;
                }
                is_put[place] = true;
                Write::Put(record.clone())
            })
            .await?;
        Ok(others)
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
