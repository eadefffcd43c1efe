//! The appraisals of the open form, with the keys known here.

use crate::desk::Appraiser;
use crate::device::VerifiedAppraisal;
use crate::store::{KeyRecord, TrustRecord};
use crate::value::Date;

/// The appraisals of a form, and the keys to verify them.
pub struct Appraisals {
    /// The appraisals, the last signed first; not empty.
    pub shown: Vec<Opinion>,
    /// The keys of this device.
    pub own: Vec<KeyRecord>,
    /// The keys of others.
    pub others: Vec<TrustRecord>,
}

/// An appraisal, and whose word it is.
pub struct Opinion {
    /// The appraisal.
    pub verified: VerifiedAppraisal,
    /// Whose word it is here.
    pub by: By,
}

/// Whose word an appraisal is, as [`Appraiser`] says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The superior's, whose key is trusted under this name.
    Superior(String),
    /// The unit itself.
    Unit,
    /// A key that was revoked from this day on.
    Revoked(Date),
    /// A key that is not trusted here.
    Unknown,
}

impl From<Appraiser<'_>> for By {
    fn from(by: Appraiser<'_>) -> By {
        match by {
            Appraiser::Superior(name) => By::Superior(name.to_owned()),
            Appraiser::Unit => By::Unit,
            Appraiser::Revoked(day) => By::Revoked(day),
            Appraiser::Unknown => By::Unknown,
        }
    }
}

impl Appraisals {
    /// The appraisal that stands for a revision: the superior's last, else the last of others. What a stranger signs
    /// later never takes the place of the superior's word.
    pub fn standing(&self, revision: i64) -> Option<&Opinion> {
        let of = |own: &&Opinion| own.verified.submission.assessment().revision >= revision;
        let is_superior = |own: &&Opinion| matches!(own.by, By::Superior(_));
        let all = || self.shown.iter().filter(of);
        all().find(is_superior).or_else(|| all().next())
    }
}
