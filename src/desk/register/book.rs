//! The register as a list to look at: what is shown of each file, with its status among all others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::received::key;
use super::{
    AppraisalStatus, Appraisals, KeptAppraisal, MemoryError, MemoryShelf, Received, Register, Row,
    RowError, Totals,
};
use crate::desk::{Reason, Status, TrustList};
use crate::pack::PeriodKind;
use crate::rules::FormVerdict;
use crate::seal::AppraisalDecision;
use crate::value::{Date, Digest, Id, order_key, search_key};

/// What is shown of one file in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its key among the records.
    pub key: String,
    /// Its name.
    pub file: String,
    /// Its status among all files.
    pub status: Status,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The name of the unit.
    pub unit: String,
    /// Its type.
    pub unit_type: Option<Id>,
    /// The party organisation that it belongs to.
    pub parent: String,
    /// The id of the pack.
    pub pack: Option<Id>,
    /// The kind of the period.
    pub period_kind: Option<PeriodKind>,
    /// Its first and last day.
    pub period: Option<(Date, Date)>,
    /// The verdict of the form, recomputed.
    pub verdict: Option<FormVerdict>,
    /// The day of receiving.
    pub received: Option<Date>,
    /// The check code.
    pub check_code: String,
    /// The thumbprint of the unit's key, once the signatures fit.
    pub kid: Option<String>,
    /// What was decided of it, by the appraisals that count.
    pub decision: Option<AppraisalDecision>,
    /// The day of the decision.
    pub decision_date: Option<Date>,
    /// The appraisals of it, by the keys of their records, and what becomes of each.
    pub appraisals: Vec<(String, AppraisalStatus)>,
    /// What a search finds it by.
    pub search: String,
    /// Its place by the name of the unit, in Vietnamese order.
    pub order: u32,
}

impl Entry {
    /// The digest of what is signed in it; empty where that cannot be read.
    pub fn digest(&self) -> &str {
        self.key.rsplit_once('\n').map(|(_, digest)| digest).unwrap_or_default()
    }
}

/// All files, in the order of their names, and how many have each status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The files.
    pub entries: Vec<Entry>,
    /// The totals.
    pub totals: Totals,
    /// What becomes of each appraisal, with the names of their files.
    pub appraisals: Vec<(String, AppraisalStatus)>,
}

/// What is shown of a file whatever the others are, beside its row.
struct Known {
    reasons: Vec<Reason>,
    verdict: Option<FormVerdict>,
    search: String,
    order: String,
}

/// The files of a register. Of each only what is compared and shown in a list is in memory.
pub struct Book {
    register: Register<MemoryShelf>,
    known: BTreeMap<(String, Option<Digest>), Known>,
    appraisals: Appraisals,
    /// The names of the files of appraisals, by the keys of their records.
    names: BTreeMap<String, String>,
}

impl Default for Book {
    fn default() -> Book {
        Book {
            register: Register::new(MemoryShelf::default()),
            known: BTreeMap::new(),
            appraisals: Appraisals::default(),
            names: BTreeMap::new(),
        }
    }
}

impl Book {
    /// Adds a record, or what became of one that is here.
    ///
    /// # Errors
    /// The shelf failed.
    pub fn add(&mut self, received: Received) -> Result<(), MemoryError> {
        let Received { row, reasons, deputies } = received;
        if let Some(form) = row.digest {
            for kid in deputies {
                self.appraisals.deputy(form, kid);
            }
            if let Some(items) = &row.items {
                self.appraisals.items_of(form, items.keys().cloned().collect());
            }
        }
        let words = [row.unit.as_deref(), row.parent.as_deref(), Some(&row.file)];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        let known = Known {
            reasons,
            verdict: row.verdict,
            search: search_key(&words.join(" ")),
            order: order_key(row.unit.as_deref().unwrap_or_default()),
        };
        self.known.insert((row.file.clone(), row.digest), known);
        // What no list shows and no look compares stays on disk.
        let row = Row { items: None, criteria: None, facts: None, points: None, ..row };
        self.register.add::<MemoryError>(row)
    }

    /// Hands on each row as it stands among all others by a list of trusted keys, in the order of the names of files. What
    /// stays on disk is not in it.
    ///
    /// # Errors
    /// The shelf failed.
    pub fn each_row(
        &self,
        trust: &TrustList,
        mut take: impl FnMut(Row),
    ) -> Result<(), MemoryError> {
        let mut register = self.register.clone();
        register.revoke::<MemoryError>(trust)?;
        register.decide::<MemoryError>(&self.appraisals, trust)?;
        register.rows::<MemoryError>(|settled| {
            take(settled.row()?);
            Ok(())
        })?;
        Ok(())
    }

    /// Adds an appraisal.
    ///
    /// # Errors
    /// The record holds none.
    pub fn add_appraisal(&mut self, kept: &KeptAppraisal) -> Result<(), MemoryError> {
        let (key, appraisal) = (kept.key(), kept.appraisal().map_err(RowError::from)?);
        self.appraisals.add(&key, &appraisal);
        self.names.insert(key, kept.file.clone());
        Ok(())
    }

    /// These keys decide here, by their thumbprints, with their names.
    pub fn decided_by(&mut self, own: impl IntoIterator<Item = (String, String)>) {
        self.appraisals.decided_by(own);
    }

    /// The list by a list of trusted keys, which may revoke some.
    ///
    /// # Errors
    /// The shelf failed.
    pub fn look(&self, trust: &TrustList) -> Result<Look, MemoryError> {
        let mut register = self.register.clone();
        register.revoke::<MemoryError>(trust)?;
        let said = register.decide::<MemoryError>(&self.appraisals, trust)?;
        let names: Vec<&String> = self.known.keys().map(|(file, _)| file).collect();
        let name = |index: usize| names.get(index).map(|name| (*name).clone()).unwrap_or_default();
        let mut orders: Vec<&str> = self.known.values().map(|known| known.order.as_str()).collect();
        orders.sort_unstable();
        orders.dedup();
        let mut known = self.known.values();
        let mut entries = Vec::with_capacity(names.len());
        let totals = register.rows::<MemoryError>(|settled| {
            let own = known.next().ok_or(MemoryError::NoSuchRow)?;
            let row = settled.row()?;
            let revoked = || revoked(&row, trust);
            let found = settled.found.as_ref().map(|detail| Reason::of(detail, &name));
            let found = found.or_else(revoked);
            let place = orders.binary_search(&own.order.as_str()).unwrap_or_default();
            let form = row.digest.filter(|_| row.own().is_sound());
            let appraisals = form.iter().flat_map(|form| self.appraisals.of_form(form));
            let appraisals = appraisals.filter_map(|key| Some((key.to_owned(), *said.get(key)?)));
            let appraisals = appraisals.collect();
            entries.push(entry(row, own, settled.status, found, place, appraisals));
            Ok(())
        })?;
        let name = |key: String| self.names.get(&key).cloned().unwrap_or(key);
        let appraisals = said.into_iter().map(|(key, status)| (name(key), status)).collect();
        Ok(Look { entries, totals, appraisals })
    }
}

/// What a revocation says of a row that was verified when it was received.
fn revoked(row: &Row, trust: &TrustList) -> Option<Reason> {
    let entry = trust.keys.iter().find(|entry| Some(entry.key.kid()) == row.kid);
    let day = entry.and_then(|entry| entry.revoked)?;
    match row.own_status {
        Some(Status::Verified) => Some(Reason::RevokedLater(day)),
        _ => Some(Reason::Revoked(day)),
    }
}

fn entry(
    row: Row,
    known: &Known,
    status: Status,
    found: Option<Reason>,
    place: usize,
    appraisals: Vec<(String, AppraisalStatus)>,
) -> Entry {
    let mut reasons: Vec<Reason> = found.into_iter().collect();
    for reason in &known.reasons {
        if !reasons.contains(reason) {
            reasons.push(reason.clone());
        }
    }
    Entry {
        key: key(&row.file, row.digest.as_ref()),
        status,
        reasons,
        unit: row.unit.unwrap_or_default(),
        unit_type: row.unit_type,
        parent: row.parent.unwrap_or_default(),
        pack: row.pack,
        period_kind: row.period_kind,
        period: row.period_from.zip(row.period_to),
        verdict: known.verdict,
        received: row.received,
        check_code: row.check_code.unwrap_or_default(),
        kid: row.kid,
        decision: row.decision,
        decision_date: row.decision_date,
        appraisals,
        search: known.search.clone(),
        order: u32::try_from(place).unwrap_or(u32::MAX),
        file: row.file,
    }
}
