//! Files that stand beside a signed file in its archive and that it names by their digests (spec s. 3): they are that
//! file's, and no files to be received.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use crate::archive::{Archive, PICTURE_LIMIT};
use crate::form::ATTACHMENTS_FOLDER;
use crate::json::FILE_LIMIT;
use crate::seal::Submission;
use crate::value::Digest;

/// What became of the files that a submission in an archive names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The name of the submission, behind that of the archive.
    pub file: String,
    /// How many of the files stand beside it, with the digests that it states.
    pub matched: usize,
    /// The names of the others.
    pub missing: Vec<String>,
}

/// Matches the files in the folder of attachments with the submissions in the same archive. What a submission names is
/// no entry any more; everything else stays one. Nothing is looked at in an archive without such a folder.
pub fn match_attached<R: Read + Seek>(archive: &mut Archive<R>) -> Vec<Beside> {
    let inside = archive.in_folder(ATTACHMENTS_FOLDER);
    if archive.is_bag() || inside.is_empty() {
        return Vec::new();
    }
    let mut here: BTreeMap<Digest, Vec<usize>> = BTreeMap::new();
    for index in &inside {
        if let Some(bytes) = archive.look(*index, PICTURE_LIMIT) {
            here.entry(Digest::of_bytes(&bytes)).or_default().push(*index);
        }
    }
    let (mut all, mut named) = (Vec::new(), BTreeSet::new());
    for index in (0..archive.count()).filter(|index| !inside.contains(index)) {
        let read = archive.look(index, FILE_LIMIT);
        let Some(submission) = read.and_then(|bytes| Submission::from_bytes(&bytes).ok()) else {
            continue;
        };
        let answers = submission.assessment().items.values();
        let files = answers.flat_map(|answer| &answer.attachments);
        // The same file may stand at several items.
        let files: BTreeMap<Digest, &str> =
            files.map(|file| (file.sha256, file.name.as_str())).collect();
        if files.is_empty() {
            continue;
        }
        let mut beside = Beside { file: archive.name_of(index), matched: 0, missing: Vec::new() };
        for (digest, name) in files {
            match here.get(&digest) {
                Some(entries) => {
                    beside.matched += 1;
                    named.extend(entries);
                }
                None => beside.missing.push(name.to_owned()),
            }
        }
        all.push(beside);
    }
    archive.pass_over(named);
    all
}
