//! What superiors said of the open form, with the keys that are known here.

use crate::device::VerifiedAppraisal;
use crate::store::{KeyRecord, TrustRecord};

/// What was said of a form, and the keys by which that is judged.
pub struct Appraisals {
    /// What was said, the last first; not empty.
    pub shown: Vec<VerifiedAppraisal>,
    /// The keys of this device.
    pub own: Vec<KeyRecord>,
    /// The keys of others.
    pub others: Vec<TrustRecord>,
}
