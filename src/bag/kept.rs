//! The signed files that go into a bag, until it is written.

use std::collections::BTreeMap;

use crate::desk::Status;
use crate::desk::register::Shelf;
use crate::seal::{Appraisal, Submission};
use crate::value::Digest;

/// Files by the digest of what is signed in them; copies with other signatures beside each other, sound ones first.
type Files = BTreeMap<Digest, BTreeMap<(u8, Digest), u64>>;

/// The files of a bag.
#[derive(Default)]
pub struct Kept<S> {
    shelf: S,
    pub(super) submissions: Files,
    pub(super) appraisals: Files,
}

impl<S: Shelf> Kept<S> {
    /// No files; their texts will be there.
    pub fn new(shelf: S) -> Kept<S> {
        Kept { shelf, submissions: Files::new(), appraisals: Files::new() }
    }

    /// Keeps a submission that was received with this status.
    ///
    /// # Errors
    /// What the shelf says.
    pub fn submission(&mut self, submission: &Submission, status: Status) -> Result<(), S::Error> {
        let order = match status {
            Status::Verified => 0,
            Status::UnknownKey => 1,
            _ => 2,
        };
        let (digest, text) = (submission.digest(), submission.to_text());
        put(&mut self.shelf, &mut self.submissions, digest, order, &text)
    }

    /// Keeps an appraisal.
    ///
    /// # Errors
    /// What the shelf says.
    pub fn appraisal(&mut self, appraisal: &Appraisal) -> Result<(), S::Error> {
        let (digest, text) = (appraisal.digest(), appraisal.to_text());
        put(&mut self.shelf, &mut self.appraisals, digest, 0, &text)
    }

    /// The text of a file that is kept at this place.
    pub(super) fn text(&self, place: u64) -> Result<String, S::Error> {
        self.shelf.get(place)
    }

    /// How many files there are.
    pub(super) fn count(&self) -> usize {
        let all = self.submissions.values().chain(self.appraisals.values());
        all.map(BTreeMap::len).sum()
    }
}

fn put<S: Shelf>(
    shelf: &mut S,
    files: &mut Files,
    digest: Digest,
    order: u8,
    text: &str,
) -> Result<(), S::Error> {
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
            copies.insert((order, own), shelf.put(text)?);
        }
    }
    Ok(())
}
