//! The signed files that go into a bag, on disk until it is written.

use std::collections::BTreeMap;

use crate::cli::register::RegisterError;
use crate::cli::register::spool::Spool;
use crate::desk::Status;
use crate::desk::register::Shelf;
use crate::seal::{Appraisal, Submission};
use crate::value::Digest;

/// Files by the digest of what is signed in them; copies with other signatures beside each other, sound ones first.
type Files = BTreeMap<Digest, BTreeMap<(u8, Digest), u64>>;

/// The files of a bag.
pub(in crate::cli::register) struct Kept {
    spool: Spool,
    pub(super) submissions: Files,
    pub(super) appraisals: Files,
}

impl Kept {
    /// No files.
    pub(in crate::cli::register) fn new() -> Result<Kept, RegisterError> {
        let (submissions, appraisals) = (Files::new(), Files::new());
        Ok(Kept { spool: Spool::new()?, submissions, appraisals })
    }

    /// Keeps a submission that was received with this status.
    pub(in crate::cli::register) fn submission(
        &mut self,
        submission: &Submission,
        status: Status,
    ) -> Result<(), RegisterError> {
        let order = match status {
            Status::Verified => 0,
            Status::UnknownKey => 1,
            _ => 2,
        };
        put(
            &mut self.spool,
            &mut self.submissions,
            submission.digest(),
            order,
            &submission.to_text(),
        )
    }

    /// Keeps an appraisal.
    pub(in crate::cli::register) fn appraisal(
        &mut self,
        appraisal: &Appraisal,
    ) -> Result<(), RegisterError> {
        put(&mut self.spool, &mut self.appraisals, appraisal.digest(), 0, &appraisal.to_text())
    }

    /// The text of a file that is kept at this place.
    pub(super) fn text(&self, place: u64) -> Result<String, RegisterError> {
        self.spool.get(place)
    }

    /// How many files there are.
    pub(super) fn count(&self) -> usize {
        let all = self.submissions.values().chain(self.appraisals.values());
        all.map(BTreeMap::len).sum()
    }
}

fn put(
    spool: &mut Spool,
    files: &mut Files,
    digest: Digest,
    order: u8,
    text: &str,
) -> Result<(), RegisterError> {
    let copies = files.entry(digest).or_default();
    let own = Digest::of_bytes(text.as_bytes());
    let known = copies.keys().copied().find(|(_, known)| *known == own);
    match known {
        Some(known) if known.0 <= order => {}
        Some(known) => {
            if let Some(place) = copies.remove(&known) {
                copies.insert((order, own), place);
            }
        }
        None => {
            copies.insert((order, own), spool.put(text)?);
        }
    }
    Ok(())
}
