//! The look across files (spec s. 4): which of several counts, and which contradict each other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::desk::receipt::NAMED;
use crate::desk::{Conflict, ConflictKind, Detail, Receipt, Status};
use crate::form::Period;
use crate::value::{AssessmentId, Digest, Id, name_key};

/// What is compared of a file that is sound.
pub(super) struct Line<'a> {
    /// Its place among all files.
    pub(super) index: usize,
    /// Is it verified, not only sound?
    pub(super) is_verified: bool,
    /// The digest of what is signed.
    pub(super) digest: Digest,
    /// The thumbprint of the unit's key.
    pub(super) kid: &'a str,
    /// The form.
    pub(super) assessment: &'a AssessmentId,
    /// Its revision.
    pub(super) revision: i64,
    /// The id of its pack.
    pub(super) pack: &'a Id,
    /// Its period.
    pub(super) period: Period,
    /// The name of the unit, as people read it.
    pub(super) unit: Cow<'a, str>,
}

/// What the look across files finds of the file with an index.
pub(super) struct Finding {
    /// The file.
    pub(super) index: usize,
    /// Its status among the others.
    pub(super) status: Status,
    /// Why; files are named by their index.
    pub(super) detail: Detail,
}

/// Compares the files that are sound: repeated content is a duplicate; of one key and form, the highest revision counts
/// and lower ones are superseded; files that contradict each other are all in conflict, since a person decides which of
/// them counts. What is said does not depend on the order of the files.
pub fn reconcile(receipts: &mut [Receipt]) {
    let found = look_across(receipts.iter().enumerate().filter_map(line).collect());
    for Finding { index, status, detail } in found {
        if let Some(receipt) = receipts.get_mut(index) {
            receipt.status = status;
            receipt.detail = Some(detail);
        }
    }
}

/// What [`reconcile`] finds; of two findings of a file the later one holds.
pub(super) fn look_across(mut lines: Vec<Line<'_>>) -> Vec<Finding> {
    let mut found = Vec::new();
    set_duplicates(&mut lines, &mut found);
    set_superseded(&mut lines, &mut found);
    set_conflicts(&lines, &mut found);
    found
}

fn line((index, receipt): (usize, &Receipt)) -> Option<Line<'_>> {
    let received = receipt.received.as_ref().filter(|_| receipt.status.is_sound())?;
    Some(Line {
        index,
        is_verified: receipt.status == Status::Verified,
        digest: received.digest,
        kid: received.kid.as_deref()?,
        assessment: &received.assessment,
        revision: received.revision,
        pack: &received.pack.id,
        period: received.period,
        unit: name_key(&received.unit).into(),
    })
}

/// Keeps one file of each content. A copy that is signed again by another key must not make the unit's own file the
/// duplicate, so files of trusted keys come first.
fn set_duplicates(lines: &mut Vec<Line<'_>>, found: &mut Vec<Finding>) {
    let mut first: BTreeMap<Digest, (bool, &str, usize)> = BTreeMap::new();
    for line in lines.iter() {
        let own = (!line.is_verified, line.kid, line.index);
        let kept = first.entry(line.digest).or_insert(own);
        *kept = (*kept).min(own);
    }
    let first: BTreeMap<Digest, usize> =
        first.into_iter().map(|(digest, (_, _, index))| (digest, index)).collect();
    lines.retain(|line| match first.get(&line.digest) {
        Some(first) if *first != line.index => {
            let detail = Detail::SameAs(*first);
            found.push(Finding { index: line.index, status: Status::Duplicate, detail });
            false
        }
        _ => true,
    });
}

/// Keeps the highest revision of each form; a form of one unit never replaces that of another.
fn set_superseded(lines: &mut Vec<Line<'_>>, found: &mut Vec<Finding>) {
    let mut highest: BTreeMap<(String, AssessmentId, String), i64> = BTreeMap::new();
    let of =
        |line: &Line<'_>| (line.kid.to_owned(), line.assessment.clone(), line.unit.to_string());
    for line in lines.iter() {
        let highest = highest.entry(of(line)).or_insert(line.revision);
        *highest = (*highest).max(line.revision);
    }
    lines.retain(|line| match highest.get(&of(line)) {
        Some(highest) if *highest > line.revision => {
            let detail = Detail::Later(*highest);
            found.push(Finding { index: line.index, status: Status::Superseded, detail });
            false
        }
        _ => true,
    });
}

/// Of the files that are left, one is of each form, and one form of each key, unit, pack and period; where there are
/// more, all of them are in conflict.
fn set_conflicts(lines: &[Line<'_>], found: &mut Vec<Finding>) {
    let mut forms: BTreeMap<(&str, &AssessmentId), Vec<&Line<'_>>> = BTreeMap::new();
    let mut periods: BTreeMap<(&str, &Id, Period, &str), Vec<&Line<'_>>> = BTreeMap::new();
    for line in lines {
        forms.entry((line.kid, line.assessment)).or_default().push(line);
        let period = (line.kid, line.pack, line.period, line.unit.as_ref());
        periods.entry(period).or_default().push(line);
    }
    // The first kind of conflict that holds is said.
    for group in periods.values() {
        let ids: BTreeSet<_> = group.iter().map(|line| line.assessment).collect();
        if ids.len() > 1 {
            set_conflict(group, ConflictKind::Form, found, |line| line.assessment.clone());
        }
    }
    for group in forms.values() {
        let units: BTreeSet<_> = group.iter().map(|line| &line.unit).collect();
        if units.len() > 1 {
            set_conflict(group, ConflictKind::Unit, found, |line| line.unit.to_string());
        }
        let mut by_unit: BTreeMap<&str, Vec<&Line<'_>>> = BTreeMap::new();
        for line in group {
            by_unit.entry(&line.unit).or_default().push(line);
        }
        for same in by_unit.values().filter(|same| same.len() > 1) {
            set_conflict(same, ConflictKind::Revision, found, |line| line.digest);
        }
    }
}

/// Puts every file of a group in conflict with those that have another `mark`. What is said of each is short, and the
/// work does not grow with the square of the group.
fn set_conflict<K: Ord>(
    group: &[&Line<'_>],
    kind: ConflictKind,
    found: &mut Vec<Finding>,
    mark: impl Fn(&Line<'_>) -> K,
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
            found.push(Finding { index: *index, status: Status::Conflict, detail });
        }
    }
}
