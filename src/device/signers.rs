//! Whose keys signed a file, as far as this device knows.

use crate::desk::{Reception, Remark, Trust, TrustList, TrustedKey};
use crate::device::{Device, Host};
use crate::seal::{Header, Role, Submission};
use crate::store::{KeyRecord, Storage, StoreError, TrustRecord};
use crate::value::Date;

/// A signature of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// What it states.
    pub header: Header,
    /// What is known here of its key.
    pub standing: KeyStanding,
    /// What is odd about the time that it states.
    pub remarks: Vec<Remark>,
}

/// What is known here of the key of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyStanding {
    /// A key of this device, which has this name.
    Own(String),
    /// It is trusted under this name, for what it signed.
    Trusted(String),
    /// It is trusted under this name only, which is not that of the unit that the form names.
    OtherUnit(String),
    /// It is the key of the unit itself, of this name, and signed as its superior.
    UnitItself(String),
    /// It is revoked from this day on, so none of its signatures counts; the name that it has here.
    Revoked(Date, String),
    /// Nobody has compared it here.
    Unknown,
}

impl KeyStanding {
    /// What the own keys and those of others say of the key of a signature. `unit` is the one that the signed form
    /// names; `None` where whose key it is decides nothing.
    pub fn of(
        signer: &Header,
        unit: Option<&str>,
        own: &[KeyRecord],
        others: &[TrustRecord],
    ) -> KeyStanding {
        let record = others.iter().find(|record| record.key == signer.key);
        let here = record.map(|record| record.unit.as_str()).unwrap_or_default();
        let list = judged_by(others);
        let trust = list.look_up(&signer.key, unit.unwrap_or(here));
        if let Trust::Revoked(day) = trust {
            return KeyStanding::Revoked(day, here.to_owned());
        }
        let kid = signer.key.kid();
        if let Some(key) = own.iter().find(|key| key.kid == kid) {
            return KeyStanding::Own(key.unit.clone());
        }
        let is_superior = signer.role == Role::Superior;
        match trust {
            Trust::Trusted(name) if is_superior && unit.is_some() => {
                KeyStanding::UnitItself(name.to_owned())
            }
            // A superior has a name of its own.
            Trust::OtherUnit(name) if !is_superior => KeyStanding::OtherUnit(name.to_owned()),
            Trust::Trusted(name) | Trust::OtherUnit(name) => KeyStanding::Trusted(name.to_owned()),
            Trust::Revoked(_) | Trust::Unknown => KeyStanding::Unknown,
        }
    }
}

/// The keys by which signatures are judged: those that are trusted, and those that are revoked, trusted before or not.
pub(super) fn judged_by(records: &[TrustRecord]) -> TrustList {
    let keys = records.iter().filter_map(|record| {
        Some(TrustedKey {
            key: record.key,
            unit: record.unit.clone(),
            also: Vec::new(),
            added: record.added.or(record.revoked)?,
            revoked: record.revoked,
        })
    });
    TrustList { keys: keys.collect() }
}

impl<S: Storage, H: Host> Device<S, H> {
    /// The signatures of a file, in its order; none where they do not fit.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn signers_of(&self, submission: &Submission) -> Result<Vec<Signer>, StoreError> {
        let (own, others) = (self.usable_keys().await?, self.others_keys().await?);
        let (packs, trust) = (self.packs(), judged_by(&others));
        let reception = Reception { packs: &packs, trust: &trust, now: Some(self.host.now()) };
        let (receipt, verified) = reception.submission(submission.clone());
        let Some(verified) = verified else { return Ok(Vec::new()) };
        let unit = &submission.assessment().unit.name;
        let of = |remark: &Remark| match remark {
            Remark::SignedBefore { index, .. } | Remark::SignedAfter { index, .. } => *index,
        };
        let signer = |(index, header): (usize, &Header)| Signer {
            header: header.clone(),
            standing: KeyStanding::of(header, Some(unit), &own, &others),
            remarks: receipt.remarks.iter().filter(|own| of(own) == index).copied().collect(),
        };
        Ok(verified.signers().iter().enumerate().map(signer).collect())
    }
}
