//! Makes samples with faults, and the trust lists that go with them.

use crate::cli::CliError;
use crate::desk::{TrustList, TrustedKey};
use crate::json::{FILE_LIMIT, Json, canonical, parse};
use crate::pack::Pack;
use crate::rules::{FormVerdict, outcome};
use crate::seal::{Submission, seal_stating};
use crate::value::{Date, Digest, Instant};

use super::faults::Fault;
use super::parts::Part;
use super::{Draft, Samples};

/// Seconds of a day.
const DAY: i64 = 86_400;
/// How many keys a trust list has: more would not fit into a file.
pub(super) const KEYS: usize = 4000;

/// A file.
pub(super) struct Made {
    pub(super) name: String,
    pub(super) text: String,
}

impl Made {
    fn of(submission: &Submission) -> Made {
        Made { name: submission.file_name(), text: submission.to_text() }
    }
}

/// The file of a sample with its part among the others.
pub(super) fn made(samples: &Samples<'_>, number: u64, part: Part) -> Result<Made, CliError> {
    let pack = samples.pack;
    let of = |number| samples.draft(number);
    Ok(match part {
        Part::Sound | Part::Contradicted => Made::of(&of(number)?.sealed(pack)),
        Part::Alone(fault) => alone(pack, of(number)?, fault),
        Part::CopyOf(other) => {
            let Made { name, text } = Made::of(&of(other)?.sealed(pack));
            let stem = name.strip_suffix(".json").unwrap_or(&name);
            Made { name: format!("{stem}_copy{number}.json"), text }
        }
        Part::LaterThan(other) => Made::of(&later(of(other)?).sealed(pack)),
        Part::OtherForm(other) => {
            let mut draft = of(other)?;
            draft.form.id = samples.id(number);
            Made::of(&draft.sealed(pack))
        }
        Part::OtherWords(other) => {
            let mut draft = of(other)?;
            draft.form.remarks.strengths.push_str(" (bản khác)");
            Made::of(&draft.sealed(pack))
        }
    })
}

/// The form as it is sealed a day later, in its next revision.
fn later(mut draft: Draft) -> Draft {
    draft.form.revision += 1;
    draft.signed = Instant::from_unix(draft.signed.unix() + DAY);
    draft
}

/// A file with a fault that needs no other one.
fn alone(pack: &Pack, draft: Draft, fault: Fault) -> Made {
    let sound = draft.sealed(pack);
    match fault {
        Fault::Forged => {
            let other = tree(&later(draft).sealed(pack)).remove("signatures");
            let mut tree = tree(&sound);
            set(&mut tree, "signatures", other.unwrap_or(Json::Null));
            Made { name: sound.file_name(), text: canonical(&tree) }
        }
        Fault::Altered => {
            let form = sound.assessment();
            let mut stated = outcome(pack, form);
            stated.verdict = match stated.verdict {
                FormVerdict::Eligible => FormVerdict::NotEligible,
                _ => FormVerdict::Eligible,
            };
            Made::of(&seal_stating(form, &stated, &draft.key, draft.signed))
        }
        Fault::WrongPack => {
            let mut form = sound.assessment().clone();
            form.pack.digest = Digest::of_bytes(b"bontot sample: a pack that nobody knows");
            let stated = outcome(pack, &form);
            Made::of(&seal_stating(&form, &stated, &draft.key, draft.signed))
        }
        Fault::Malformed => {
            let Made { name, mut text } = Made::of(&sound);
            let mut end = text.len() * 2 / 3;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
            Made { name, text }
        }
        Fault::Newer => {
            let mut tree = tree(&sound);
            set(&mut tree, "format", "bontot.submission/2".into());
            Made { name: sound.file_name(), text: canonical(&tree) }
        }
        // The file is sound; lists and other files make it what it is.
        Fault::UnknownKey
        | Fault::Revoked
        | Fault::Duplicate
        | Fault::Superseded
        | Fault::Conflict => Made::of(&sound),
    }
}

fn tree(submission: &Submission) -> Json {
    // What was just written is read.
    parse(submission.to_text().as_bytes(), FILE_LIMIT).unwrap_or(Json::Null)
}

fn set(tree: &mut Json, name: &str, value: Json) {
    if let Json::Object(members) = tree {
        for (own, old) in members.iter_mut() {
            if own == name {
                *old = value;
                return;
            }
        }
    }
}

/// The trusted and the revoked keys of samples with these parts.
pub(super) fn trusted(
    samples: &Samples<'_>,
    parts: impl Iterator<Item = (u64, Part)>,
) -> Result<Vec<TrustList>, CliError> {
    let mut lists: Vec<TrustList> = Vec::new();
    for (number, part) in parts.filter(|(_, part)| part.is_trusted()) {
        let is_revoked = part == Part::Alone(Fault::Revoked);
        let key = TrustedKey {
            key: samples.key(number).public(),
            unit: samples.seat(number).unit.name,
            also: Vec::new(),
            added: Date::FIRST,
            revoked: is_revoked.then_some(Date::FIRST),
        };
        match lists.last_mut().filter(|list| list.keys.len() < KEYS) {
            Some(list) => list.keys.push(key),
            None => lists.push(TrustList { keys: vec![key] }),
        }
    }
    Ok(lists)
}
