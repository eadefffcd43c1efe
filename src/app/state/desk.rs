//! The desk: what it shows of what was received, and how it is arranged.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::state::overview::{OverviewState, PracticesState};
use crate::app::state::papers::PapersState;
use crate::desk::Status;
use crate::desk::register::{AppraisalStatus, BagSigner, Entry, Opinions};
use crate::device::AppraiseError;
use crate::seal::AppraisalDecision;
use crate::store::StoreError;
use crate::value::search_key;

/// All that was received, as the list shows it.
#[derive(Debug, Default, PartialEq)]
pub struct Shown {
    /// The files, in the order of their names.
    pub entries: Vec<Entry>,
    /// How many have each status.
    pub totals: Vec<(Status, usize)>,
    /// What becomes of appraisals.
    pub opinions: Opinions,
}

/// Files that are being received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intake {
    /// How many are stored.
    pub done: usize,
    /// How many of them are appraisals.
    pub appraisals: usize,
    /// How many there are, as far as is known.
    pub all: usize,
    /// Which page of a PDF document is read, and how many that has.
    pub page: Option<(usize, usize)>,
    /// Milliseconds since the beginning.
    pub millis: u64,
    /// What it is at.
    pub stage: Stage,
}

/// What an intake is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It goes on.
    Running,
    /// It ended, with so many that could not be read at all.
    Ended(usize),
    /// A person ended it.
    Cancelled,
}

impl Intake {
    /// Files a second.
    pub fn rate(&self) -> u64 {
        self.done as u64 * 1000 / self.millis.max(1)
    }

    /// Seconds left, once that can be told.
    pub fn left(&self) -> Option<u64> {
        let left = self.all.saturating_sub(self.done) as u64;
        (self.millis > 1500 && self.done > 0)
            .then(|| (left * self.millis / self.done as u64).div_ceil(1000))
    }
}

/// Why the desk does not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskFault {
    /// No worker could be loaded, or all stopped.
    NoWorker,
    /// What was received cannot be stored or read.
    Store(StoreError),
    /// A file was not written, in words for specialists.
    NotWritten(String),
}

/// By what the list is in groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// By nothing.
    #[default]
    None,
    /// By the type of the unit.
    Type,
    /// By the organisation that it belongs to.
    Parent,
    /// By the verdict.
    Verdict,
    /// By the status.
    Status,
    /// By the decision.
    Decision,
}

impl Grouping {
    /// All, in the order in which they are offered.
    pub const ALL: [Grouping; 6] = [
        Grouping::None,
        Grouping::Type,
        Grouping::Parent,
        Grouping::Verdict,
        Grouping::Status,
        Grouping::Decision,
    ];
}

/// What was decided of a file, as the list has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Nothing.
    Open,
    /// Trusted keys contradict each other.
    Contradicted,
    /// This.
    As(AppraisalDecision),
}

impl Decided {
    /// What was decided of a file.
    pub fn of(entry: &Entry) -> Decided {
        let contradict = |one: &(String, AppraisalStatus)| one.1 == AppraisalStatus::Contradicted;
        match entry.decision {
            Some(decision) => Decided::As(decision),
            None if entry.appraisals.iter().any(contradict) => Decided::Contradicted,
            None => Decided::Open,
        }
    }

    /// All, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Decided> {
        let decisions = AppraisalDecision::ALL.iter().map(|own| Decided::As(*own));
        [Decided::Open, Decided::Contradicted].into_iter().chain(decisions)
    }

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Decided::Open => "open",
            Decided::Contradicted => "contradicted",
            Decided::As(decision) => decision.as_str(),
        }
    }
}

/// What came of deciding several files at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManyDecided {
    /// How many appraisals were signed.
    pub signed: usize,
    /// The units and names of the files that were left out, and why.
    pub left_out: Vec<(String, String, AppraiseError)>,
}

/// An appraisal that was signed just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JustSigned {
    /// The key of the file that it is of.
    pub file: String,
    /// Its own key.
    pub answer: String,
    /// Whether nobody was led to it yet.
    pub is_new: bool,
}

/// What is looked for, and in which order it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// What a person searches for.
    pub search: String,
    /// Only this status.
    pub status: Option<Status>,
    /// Only this type.
    pub unit_type: Option<String>,
    /// Only what was so decided.
    pub decided: Option<Decided>,
    /// By names of files, not of units.
    pub by_file: bool,
    /// The groups.
    pub grouping: Grouping,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The head of a group, with how many files are in it.
    Group(String, usize),
    /// A file, by its place.
    File(usize),
}

impl Shown {
    /// How many files were read: the sum of the statuses.
    pub fn read(&self) -> usize {
        self.totals.iter().map(|(_, count)| count).sum()
    }

    /// The lines of an arrangement; `group` names the group of a file.
    pub fn arranged(
        &self,
        arrangement: &Arrangement,
        group: impl Fn(&Entry) -> String,
    ) -> Vec<Line> {
        let search = search_key(&arrangement.search);
        let fits = |entry: &Entry| {
            arrangement.status.is_none_or(|status| entry.status == status)
                && arrangement.unit_type.as_deref().is_none_or(|own| {
                    entry.unit_type.as_ref().is_some_and(|unit_type| unit_type.as_str() == own)
                })
                && arrangement.decided.is_none_or(|own| Decided::of(entry) == own)
                && entry.search.contains(&search)
        };
        let found = self.entries.iter().enumerate().filter(|(_, entry)| fits(entry));
        let mut places: Vec<usize> = found.map(|(place, _)| place).collect();
        if !arrangement.by_file {
            places.sort_by_key(|place| self.entries.get(*place).map(|entry| entry.order));
        }
        if arrangement.grouping == Grouping::None {
            return places.into_iter().map(Line::File).collect();
        }
        let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        for place in places {
            let name = self.entries.get(place).map(&group).unwrap_or_default();
            groups.entry((crate::value::order_key(&name), name)).or_default().push(place);
        }
        let lines = groups.into_iter().flat_map(|((_, name), places)| {
            let head = Line::Group(name, places.len());
            std::iter::once(head).chain(places.into_iter().map(Line::File))
        });
        lines.collect()
    }
}

/// The state of the desk.
#[derive(Default)]
pub struct DeskState {
    /// What was received; `None` until it is read.
    pub shown: ArcRwSignal<Option<Rc<Shown>>>,
    /// What is being received.
    pub intake: ArcRwSignal<Option<Intake>>,
    /// The same, told every few seconds, for those who listen.
    pub told: ArcRwSignal<Option<Intake>>,
    /// The bags that came last, each with who signed it, if anybody did.
    pub bags: ArcRwSignal<Vec<(String, Option<BagSigner>)>>,
    /// Why it does not go on.
    pub fault: ArcRwSignal<Option<DeskFault>>,
    /// How the list is arranged.
    pub arrangement: ArcRwSignal<Arrangement>,
    /// The first line that is drawn.
    pub first: ArcRwSignal<usize>,
    /// The key of the file whose details are shown.
    pub chosen: ArcRwSignal<Option<String>>,
    /// What is being written.
    pub writes: ArcRwSignal<bool>,
    /// The numbers of all forms.
    pub overview: OverviewState,
    /// The good practices in them.
    pub practices: PracticesState,
    /// The papers.
    pub papers: PapersState,
    /// The keys of the files that are selected.
    pub selected: ArcRwSignal<BTreeSet<String>>,
    /// The digests of the forms of which an appraisal is being written.
    pub written: ArcRwSignal<BTreeSet<String>>,
    /// What was signed just now.
    pub signed: ArcRwSignal<Option<JustSigned>>,
    /// What came of deciding those that were selected last.
    pub many: ArcRwSignal<Option<ManyDecided>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(file: &str, unit: &str, order: u32, status: Status) -> Entry {
        Entry {
            key: file.to_owned(),
            file: file.to_owned(),
            status,
            reasons: Vec::new(),
            unit: unit.to_owned(),
            unit_type: None,
            parent: String::new(),
            pack: None,
            period_kind: None,
            period: None,
            verdict: None,
            received: None,
            check_code: String::new(),
            kid: None,
            decision: (order == 0).then_some(AppraisalDecision::Agreed),
            decision_date: None,
            appraisals: Vec::new(),
            search: search_key(unit),
            order,
        }
    }

    fn shown() -> Shown {
        let entries = vec![
            entry("1", "Xóm Đông", 2, Status::Verified),
            entry("2", "Xóm Bắc", 1, Status::Conflict),
            entry("3", "Ấp An", 0, Status::Verified),
        ];
        let totals = vec![(Status::Verified, 2), (Status::Conflict, 1)];
        Shown { entries, totals, ..Shown::default() }
    }

    fn files(lines: &[Line]) -> Vec<usize> {
        let file = |line: &Line| match line {
            Line::File(place) => Some(*place),
            Line::Group(..) => None,
        };
        lines.iter().filter_map(file).collect()
    }

    #[test]
    fn files_are_found_without_marks_and_stand_in_order() {
        let shown = shown();
        assert_eq!(shown.read(), 3);
        let mut arrangement = Arrangement::default();
        let arranged = |own: &Arrangement| files(&shown.arranged(own, |_| String::new()));
        assert_eq!(arranged(&arrangement), [2, 1, 0]);
        arrangement.by_file = true;
        assert_eq!(arranged(&arrangement), [0, 1, 2]);
        arrangement.search = "xom dong".into();
        assert_eq!(arranged(&arrangement), [0]);
        arrangement.search = "XÓM".into();
        assert_eq!(arranged(&arrangement), [0, 1]);
        arrangement.status = Some(Status::Conflict);
        assert_eq!(arranged(&arrangement), [1]);
        arrangement.unit_type = Some("village".into());
        assert_eq!(arranged(&arrangement), [0; 0]);
        let decided = |own| Arrangement { decided: Some(own), ..Arrangement::default() };
        assert_eq!(arranged(&decided(Decided::As(AppraisalDecision::Agreed))), [2]);
        assert_eq!(arranged(&decided(Decided::Open)), [1, 0]);
        assert_eq!(arranged(&decided(Decided::Contradicted)), [0; 0]);
    }

    #[test]
    fn groups_have_their_counts() {
        let arrangement = Arrangement { grouping: Grouping::Status, ..Arrangement::default() };
        let lines = shown().arranged(&arrangement, |one| one.status.as_str().to_owned());
        let expected = [
            Line::Group("conflict".into(), 1),
            Line::File(1),
            Line::Group("verified".into(), 2),
            Line::File(2),
            Line::File(0),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn rate_and_time_left_are_whole_numbers() {
        let intake = Intake {
            done: 500,
            appraisals: 0,
            all: 2000,
            page: None,
            millis: 2000,
            stage: Stage::Running,
        };
        assert_eq!((intake.rate(), intake.left()), (250, Some(6)));
        let begun = Intake { done: 0, millis: 0, ..intake };
        assert_eq!((begun.rate(), begun.left()), (0, None));
    }
}
