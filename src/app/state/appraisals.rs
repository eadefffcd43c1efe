//! The appraisals of the open form, with the keys known here.

use crate::device::{VerifiedAppraisal, standing};
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
    /// The appraisal that stands for a revision.
    pub fn standing(&self, revision: i64) -> Option<&VerifiedAppraisal> {
        standing(&self.shown, revision)
    }
}
