//! The appraisals of the open form, with the keys known here.

use crate::device::VerifiedAppraisal;
use crate::store::{KeyRecord, TrustRecord};

/// The appraisals of a form, and the keys to verify them.
pub struct Appraisals {
    /// The appraisals, newest first; not empty.
    pub shown: Vec<VerifiedAppraisal>,
    /// The keys of this device.
    pub own: Vec<KeyRecord>,
    /// The keys of others.
    pub others: Vec<TrustRecord>,
}
