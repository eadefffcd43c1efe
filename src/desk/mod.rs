//! Receiving signed files (spec s. 4): one status each, nothing dropped. No file access.

mod appraised;
mod difference;
mod receive;
mod trust;

pub use appraised::{AppraisalError, AppraisedItem, check_appraisal, side_by_side};
pub use difference::{Difference, first_difference};
pub use receive::{
    Detail, Receipt, Status, SubmissionSummary, receive, receive_submission, reconcile,
};
pub use trust::{Trust, TrustError, TrustList, TrustedKey};
