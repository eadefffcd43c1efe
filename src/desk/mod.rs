//! Receiving signed files (spec s. 4): one status each, nothing dropped. No file access.

mod difference;
mod receive;
mod trust;

pub use difference::{Difference, first_difference};
pub use receive::{Detail, Receipt, Received, Status, receive, reconcile};
pub use trust::{Trust, TrustList, TrustedKey};
