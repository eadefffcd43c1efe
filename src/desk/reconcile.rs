//! The look across files (spec s. 4): which of several counts, and which contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::receipt::NAMED;
use crate::desk::{Conflict, ConflictKind, Detail, Receipt, Status};
use crate::form::Period;
use crate::value::{AssessmentId, Digest, Id, name_key};

/// What is compared of a file that is sound.
struct Line {
    index: usize,
    is_verified: bool,
    digest: Digest,
    kid: String,
    assessment: AssessmentId,
    revision: i64,
    pack: Id,
    period: Period,
    /// The name of the unit, as people read it.
    unit: String,
}

/// Compares the files that are sound: repeated content is a duplicate; of one key and form, the highest revision counts
/// and lower ones are superseded; files that contradict each other are all in conflict, since a person decides which of
/// them counts. What is said does not depend on the order of the files.
pub fn reconcile(receipts: &mut [Receipt]) {
    let mut lines: Vec<Line> = receipts.iter().enumerate().filter_map(line).collect();
    set_duplicates(&mut lines, receipts);
    set_superseded(&mut lines, receipts);
    set_conflicts(&lines, receipts);
}

fn line((index, receipt): (usize, &Receipt)) -> Option<Line> {
    let received = receipt.received.as_ref().filter(|_| receipt.status.is_sound())?;
    Some(Line {
        index,
        is_verified: receipt.status == Status::Verified,
        digest: received.digest,
        kid: received.kid.clone()?,
        assessment: received.assessment.clone(),
        revision: received.revision,
        pack: received.pack.id.clone(),
        period: received.period,
        unit: name_key(&received.unit),
    })
}

fn set(receipts: &mut [Receipt], index: usize, status: Status, detail: Detail) {
    if let Some(receipt) = receipts.get_mut(index) {
        receipt.status = status;
        receipt.detail = Some(detail);
    }
}

/// Keeps one file of each content. A copy that is signed again by another key must not make the unit's own file the
/// duplicate, so files of trusted keys come first.
fn set_duplicates(lines: &mut Vec<Line>, receipts: &mut [Receipt]) {
    let mut first: BTreeMap<Digest, (bool, &str, usize)> = BTreeMap::new();
    for line in lines.iter() {
        let own = (!line.is_verified, line.kid.as_str(), line.index);
        let kept = first.entry(line.digest).or_insert(own);
        *kept = (*kept).min(own);
    }
    let first: BTreeMap<Digest, usize> =
        first.into_iter().map(|(digest, (_, _, index))| (digest, index)).collect();
    lines.retain(|line| match first.get(&line.digest) {
        Some(first) if *first != line.index => {
            set(receipts, line.index, Status::Duplicate, Detail::SameAs(*first));
            false
        }
        _ => true,
    });
}

/// Keeps the highest revision of each form; a form of one unit never replaces that of another.
fn set_superseded(lines: &mut Vec<Line>, receipts: &mut [Receipt]) {
    let mut highest: BTreeMap<(String, AssessmentId, String), i64> = BTreeMap::new();
    let of = |line: &Line| (line.kid.clone(), line.assessment.clone(), line.unit.clone());
    for line in lines.iter() {
        let highest = highest.entry(of(line)).or_insert(line.revision);
        *highest = (*highest).max(line.revision);
    }
    lines.retain(|line| match highest.get(&of(line)) {
        Some(highest) if *highest > line.revision => {
            set(receipts, line.index, Status::Superseded, Detail::Later(*highest));
            false
        }
        _ => true,
    });
}

/// Of the files that are left, one is of each form, and one form of each key, unit, pack and period; where there are
/// more, all of them are in conflict.
fn set_conflicts(lines: &[Line], receipts: &mut [Receipt]) {
    let mut forms: BTreeMap<(&str, &AssessmentId), Vec<&Line>> = BTreeMap::new();
    let mut periods: BTreeMap<(&str, &Id, Period, &str), Vec<&Line>> = BTreeMap::new();
    for line in lines {
        forms.entry((&line.kid, &line.assessment)).or_default().push(line);
        let period = (line.kid.as_str(), &line.pack, line.period, line.unit.as_str());
        periods.entry(period).or_default().push(line);
    }
    // The first kind of conflict that holds is said.
    for group in periods.values() {
        let ids: BTreeSet<_> = group.iter().map(|line| &line.assessment).collect();
        if ids.len() > 1 {
            set_conflict(group, ConflictKind::Form, receipts, |line| line.assessment.clone());
        }
    }
    for group in forms.values() {
        let units: BTreeSet<_> = group.iter().map(|line| &line.unit).collect();
        if units.len() > 1 {
            set_conflict(group, ConflictKind::Unit, receipts, |line| line.unit.clone());
        }
        let mut by_unit: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
        for line in group {
            by_unit.entry(&line.unit).or_default().push(line);
        }
        for same in by_unit.values().filter(|same| same.len() > 1) {
            set_conflict(same, ConflictKind::Revision, receipts, |line| line.digest);
        }
    }
}

/// Puts every file of a group in conflict with those that have another `mark`. What is said of each is short, and the
/// work does not grow with the square of the group.
fn set_conflict<K: Ord>(
    group: &[&Line],
    kind: ConflictKind,
    receipts: &mut [Receipt],
    mark: impl Fn(&Line) -> K,
) {
    let mut marked: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for line in group {
        marked.entry(mark(line)).or_default().push(line.index);
    }
    // Whichever mark is left out, so many others are still among these, if there are as many.
    let first = marked.iter().take(NAMED + 1);
    let first =
        first.flat_map(|(mark, own)| own.iter().take(NAMED).map(move |index| (mark, *index)));
    let mut first: Vec<(&K, usize)> = first.collect();
    first.sort_by_key(|(_, index)| *index);
    for (mark, own) in &marked {
        let others = first.iter().filter(|(other, _)| *other != mark).map(|(_, index)| *index);
        let others: Vec<usize> = others.take(NAMED).collect();
        let more = group.len() - own.len() - others.len();
        for index in own {
            let detail = Detail::Conflict(Conflict { kind, others: others.clone(), more });
            set(receipts, *index, Status::Conflict, detail);
        }
    }
}
