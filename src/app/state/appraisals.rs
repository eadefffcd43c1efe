//! The appraisals of the open form, with the keys known here.

use crate::device::{AppraisedBy, VerifiedAppraisal};
use crate::store::{KeyRecord, TrustRecord};

/// The appraisals of a form, and the keys to verify them.
pub struct Appraisals {
    /// The appraisals, the last signed first; not empty.
    pub shown: Vec<VerifiedAppraisal>,
    /// The keys of this device.
    pub own: Vec<KeyRecord>,
    /// The keys of others.
    pub others: Vec<TrustRecord>,
}

impl Appraisals {
    /// The appraisal that stands for a revision: the superior's last, else the last of others. What a stranger signs
    /// later never takes the place of the superior's word.
    pub fn standing(&self, revision: i64) -> Option<&VerifiedAppraisal> {
        let of = |own: &&VerifiedAppraisal| own.submission.assessment().revision >= revision;
        let is_superior = |own: &&VerifiedAppraisal| matches!(own.by, AppraisedBy::Superior(_));
        let all = || self.shown.iter().filter(of);
        all().find(is_superior).or_else(|| all().next())
    }
}
