//! What superiors decided of the forms of a register, by the appraisals that were found.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Row;
use crate::desk::{Trust, TrustList};
use crate::seal::{Appraisal, AppraisalDecision, PublicKey};
use crate::string_enum;
use crate::value::{Date, Digest, Id, Instant, same_name};

string_enum! {
    /// What becomes of an appraisal.
    pub enum AppraisalStatus {
        /// Its decision stands in the rows of the form.
        Counts = "counts",
        /// The same key signed a later one of the form.
        Older = "older",
        /// Other trusted keys decided otherwise of the form: a person has to say which counts.
        Contradicted = "contradicted",
        /// The register has no sound form that it is about.
        NoForm = "no_form",
        /// It says something of an item that the form does not have.
        NoItem = "no_item",
        /// A signature is refused.
        BadSignature = "bad_signature",
        /// The unit signed it itself.
        OwnKey = "own_key",
        /// The key was revoked.
        Revoked = "revoked",
        /// The key is in no trust list.
        UnknownKey = "unknown_key",
    }
}

/// An appraisal whose signatures fit.
#[derive(Clone, Debug)]
struct Said {
    key: PublicKey,
    issued: Instant,
    digest: Digest,
    decision: AppraisalDecision,
    date: Date,
    items: BTreeSet<Id>,
    /// The files in which it was found.
    names: BTreeSet<String>,
}

/// The appraisals that were found, by the forms that they are about. Their order does not count.
#[derive(Clone, Debug, Default)]
pub struct Appraisals {
    said: BTreeMap<Digest, Vec<Said>>,
    refused: BTreeSet<String>,
    /// The other keys that signed a form as its unit.
    deputies: BTreeMap<Digest, BTreeSet<String>>,
    /// The items of forms whose rows do not name them.
    items: BTreeMap<Digest, Rc<BTreeSet<Id>>>,
    /// Those same sets, each once: most forms have the items that others have.
    sets: BTreeSet<Rc<BTreeSet<Id>>>,
    /// The keys of who decides here, with their names: they count as trusted ones do.
    own: BTreeMap<String, String>,
}

impl Appraisals {
    /// Takes an appraisal with the name of its file.
    pub fn add(&mut self, name: &str, appraisal: &Appraisal) {
        let signer = appraisal.verify().ok().and_then(|signers| signers.into_iter().next());
        let Some(signer) = signer else {
            self.refused.insert(name.to_owned());
            return;
        };
        let (content, digest) = (appraisal.content(), appraisal.digest());
        let all = self.said.entry(content.submission).or_default();
        let same = |said: &&mut Said| {
            said.digest == digest && said.key == signer.key && said.issued == signer.issued
        };
        if let Some(known) = all.iter_mut().find(same) {
            known.names.insert(name.to_owned());
            return;
        }
        all.push(Said {
            key: signer.key,
            issued: signer.issued,
            digest,
            decision: content.decision,
            date: content.date,
            items: content.items.keys().cloned().collect(),
            names: BTreeSet::from([name.to_owned()]),
        });
    }

    /// Takes note of another key that signed a form as its unit, such as a deputy's.
    pub fn deputy(&mut self, form: Digest, kid: String) {
        self.deputies.entry(form).or_default().insert(kid);
    }

    /// Takes note of the items of a form, where its row will not name them.
    pub fn items_of(&mut self, form: Digest, items: BTreeSet<Id>) {
        let set = match self.sets.get(&items) {
            Some(known) => known.clone(),
            None => {
                let set = Rc::new(items);
                self.sets.insert(set.clone());
                set
            }
        };
        self.items.insert(form, set);
    }

    /// The keys of who decides here, by their thumbprints, with their names. They need no entry in a trust list; one that is
    /// revoked there does not count.
    pub fn decided_by(&mut self, own: impl IntoIterator<Item = (String, String)>) {
        self.own = own.into_iter().collect();
    }

    /// The names of the files that hold an appraisal of a form.
    pub fn of_form(&self, form: &Digest) -> impl Iterator<Item = &str> {
        let said = self.said.get(form).into_iter().flatten();
        said.flat_map(|said| said.names.iter().map(String::as_str))
    }

    /// Are there any?
    pub fn is_empty(&self) -> bool {
        self.said.is_empty() && self.refused.is_empty()
    }

    /// Is one of them about this form?
    pub(super) fn is_about(&self, form: &Digest) -> bool {
        self.said.contains_key(form)
    }

    /// Whose word an appraisal of the form of a row is; nothing where it is a superior's.
    fn doubt(&self, said: &Said, row: &Row, trust: &TrustList) -> Option<AppraisalStatus> {
        let kid = said.key.kid();
        let is_of_unit = row.kid.as_ref() == Some(&kid)
            || row
                .digest
                .and_then(|form| self.deputies.get(&form))
                .is_some_and(|kids| kids.contains(&kid));
        match trust.look_up(&said.key, row.unit.as_deref().unwrap_or_default()) {
            _ if is_of_unit => Some(AppraisalStatus::OwnKey),
            Trust::Trusted(_) => Some(AppraisalStatus::OwnKey),
            Trust::Revoked(_) => Some(AppraisalStatus::Revoked),
            Trust::Unknown => match self.own.get(&kid) {
                Some(name) if same_name(name, row.unit.as_deref().unwrap_or_default()) => {
                    Some(AppraisalStatus::OwnKey)
                }
                Some(_) => self.stray_item(said, row),
                None => Some(AppraisalStatus::UnknownKey),
            },
            Trust::OtherUnit(_) => self.stray_item(said, row),
        }
    }

    /// Does it say something of an item that the form does not have?
    fn stray_item(&self, said: &Said, row: &Row) -> Option<AppraisalStatus> {
        let items = row.items.as_ref();
        let known = row.digest.and_then(|form| self.items.get(&form));
        let has = |id: &Id| match (items, known) {
            (Some(items), _) => items.get(id).is_some(),
            (None, Some(known)) => known.contains(id),
            (None, None) => true,
        };
        (!said.items.iter().all(has)).then_some(AppraisalStatus::NoItem)
    }

    /// The decision of the form of a sound row, with its day; `found` learns what became of each appraisal of it. Of
    /// those by one key the latest counts, and all keys must say the same.
    pub(super) fn decide(
        &self,
        row: &Row,
        trust: &TrustList,
        found: &mut BTreeMap<String, AppraisalStatus>,
    ) -> Option<(AppraisalDecision, Date)> {
        let all = self.said.get(row.digest.as_ref()?)?;
        let mut set = |said: &Said, status: AppraisalStatus| {
            for name in &said.names {
                // Copies of a form have a row each; what counts of one of them is said.
                let known = found.entry(name.clone()).or_insert(status);
                *known = (*known).min(status);
            }
        };
        let mut latest: BTreeMap<String, &Said> = BTreeMap::new();
        for said in all {
            if let Some(doubt) = self.doubt(said, row, trust) {
                set(said, doubt);
                continue;
            }
            let own = latest.entry(said.key.kid()).or_insert(said);
            let order = |said: &Said| (said.issued.unix(), said.digest);
            let (older, newer) = if order(said) > order(own) { (*own, said) } else { (said, *own) };
            *own = newer;
            if older.digest != newer.digest || older.issued != newer.issued {
                set(older, AppraisalStatus::Older);
            }
        }
        let decisions: BTreeSet<_> = latest.values().map(|said| said.decision).collect();
        let status = match decisions.len() {
            1 => AppraisalStatus::Counts,
            _ => AppraisalStatus::Contradicted,
        };
        latest.values().for_each(|said| set(said, status));
        let day = latest.values().map(|said| said.date).max()?;
        let decision = decisions.into_iter().next()?;
        (status == AppraisalStatus::Counts).then_some((decision, day))
    }

    /// Those of which no form was found, and those that are refused.
    pub(super) fn rest(&self, found: &mut BTreeMap<String, AppraisalStatus>) {
        for name in self.said.values().flatten().flat_map(|said| &said.names) {
            found.entry(name.clone()).or_insert(AppraisalStatus::NoForm);
        }
        let refused = self.refused.iter();
        found.extend(refused.map(|name| (name.clone(), AppraisalStatus::BadSignature)));
    }
}
