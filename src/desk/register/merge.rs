//! One row of two of the same file.
//!
//! What comes of several rows does not depend on their order: it is the row that knows most, with the earliest day of
//! receiving and the latest decision.

use super::{Appraisals, Row};
use crate::desk::{Detail, Status, Trust, TrustList};

/// How much was found out of a file before its status was known: checks are made in this order.
fn depth(row: &Row) -> u8 {
    match row.own() {
        Status::Malformed => 0,
        Status::BadSignature => 1,
        Status::UnknownPack => 2,
        Status::OutcomeDiffers => 3,
        Status::UnknownKey => 4,
        Status::Verified | Status::Superseded | Status::Duplicate | Status::Conflict => 5,
    }
}

/// The row of a file of which there are two. A file that was verified on an earlier day stays so; whether a key that
/// was revoked later changes that is for [`revoked`].
pub(super) fn merged(a: Row, b: Row) -> Row {
    let received = match (a.received, b.received) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    };
    let decision = |row: &Row| (row.decision_date, row.decision);
    let (decision_date, decision) = decision(&a).max(decision(&b));
    let with_common = |row: Row| {
        let row = Row { received, decision, decision_date, ..row };
        row.settled(None)
    };
    let (a, b) = (with_common(a), with_common(b));
    let is_first = match depth(&a).cmp(&depth(&b)) {
        // Rows that differ though the same was found out: any rule will do that knows no order.
        std::cmp::Ordering::Equal => a.line() >= b.line(),
        deeper => deeper.is_gt(),
    };
    if is_first { a } else { b }
}

impl Row {
    /// The row of another register of a file that was received `again` here, on the day that the row states. What was
    /// found out here counts; what cannot be found out here any more is as the row states it: a key that was trusted, a
    /// pack that was known.
    pub fn confirmed(self, again: Row) -> Row {
        let (decision, decision_date) = (self.decision, self.decision_date);
        match again.own() {
            Status::UnknownPack if depth(&self) >= depth(&again) => self,
            // A file may have been forged in two ways, of which one is here.
            Status::BadSignature if self.own() == Status::BadSignature => self,
            Status::UnknownKey if self.own() == Status::Verified => {
                let (own_status, own_detail) = (self.own_status, self.own_detail);
                let trusted_as = self.trusted_as;
                Row { own_status, own_detail, trusted_as, decision, decision_date, ..again }
                    .settled(None)
            }
            _ => Row { decision, decision_date, ..again }.settled(None),
        }
    }

    /// The row without its decision, where there are appraisals that tell it again.
    pub fn without_decision_of(self, appraisals: &Appraisals) -> Row {
        match &self.digest {
            Some(form) if appraisals.is_about(form) => {
                Row { decision: None, decision_date: None, ..self }
            }
            _ => self,
        }
    }
}

/// A verified row by a list that may revoke its key: a file that was received before the day of revocation stays
/// verified, and says so; any other does not (spec s. 4). `None` where nothing changes.
pub(super) fn revoked(row: &Row, trust: &TrustList) -> Option<Row> {
    let kid = row.kid.as_deref().filter(|_| row.own() == Status::Verified)?;
    let entry = trust.keys.iter().find(|entry| entry.key.kid() == kid)?;
    let Trust::Revoked(day) = trust.look_up(&entry.key, row.unit.as_deref().unwrap_or_default())
    else {
        return None;
    };
    let told = Detail::Revoked(day).to_string();
    let mut changed = row.clone();
    if row.received.is_some_and(|received| received < day) {
        let kept = format!("{told}; the file was received before");
        changed.own_detail = Some(kept);
    } else {
        changed.own_status = Some(Status::UnknownKey);
        changed.own_detail = Some(told);
        changed.trusted_as = None;
    }
    let changed = changed.settled(None);
    (changed != *row).then_some(changed)
}
