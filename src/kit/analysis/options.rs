//! What an item of a form can come to: its verdict and points, and what its answer must be for that.

use crate::form::AnswerVerdict;
use crate::kit::analysis::domain::{ANY, FALSE, TRUE, UNKNOWN};
use crate::kit::analysis::system::{Slot, System};
use crate::pack::{Cond, EvidenceRule, Item, NaPoints, Pack, Severity};
use crate::rules::Verdict;

/// What an item comes to, and by which answers.
#[derive(Clone, Debug)]
pub(super) struct Ending<'a> {
    pub verdict: Verdict,
    /// Points in units; `None` where the item is not scored.
    pub score: Option<Score>,
    /// How the verdict comes about.
    pub way: Way<'a>,
    /// Steps of the points that must have these truth values.
    steps: Wanted<'a>,
    /// Must the answer have no problem?
    is_clean: bool,
}

/// Conditions, each with the truth values that it must have one of.
type Wanted<'a> = Vec<(&'a Cond, u8)>;

/// Points of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    pub earned: i64,
    pub available: i64,
}

/// How a verdict comes about.
#[derive(Clone, Debug)]
pub(super) struct Way<'a> {
    /// What its rules must come to.
    rules: Wanted<'a>,
    /// What the person says.
    pub said: Option<AnswerVerdict>,
    /// Does the person overrule the rule?
    pub overrules: bool,
}

/// The verdicts, the better ones for a form first.
pub(super) const VERDICTS: [Verdict; 4] =
    [Verdict::Met, Verdict::NotApplicable, Verdict::NotMet, Verdict::Unanswered];

fn said(verdict: Verdict) -> Option<AnswerVerdict> {
    match verdict {
        Verdict::Met => Some(AnswerVerdict::Met),
        Verdict::NotMet => Some(AnswerVerdict::NotMet),
        Verdict::NotApplicable => Some(AnswerVerdict::NotApplicable),
        Verdict::Unanswered => None,
    }
}

/// The ways in which an item comes to a verdict without a problem of the verdict itself, those first that overrule nothing.
pub(super) fn ways(item: &Item, verdict: Verdict) -> Vec<Way<'_>> {
    let mut ways = Vec::new();
    let way = |rules: Vec<_>, said| Way { rules, said, overrules: false };
    let applies = || item.na_when.iter().map(|cond| (cond, FALSE | UNKNOWN));
    match (&item.met_when, verdict) {
        (_, Verdict::NotApplicable) => {
            ways.extend(item.na_when.iter().map(|cond| way(vec![(cond, TRUE)], None)));
            if item.met_when.is_none() && item.may_skip {
                ways.push(way(applies().collect(), said(verdict)));
            }
        }
        (Some(cond), _) => {
            let truth = match verdict {
                Verdict::Met => TRUE,
                Verdict::NotMet => FALSE,
                _ => UNKNOWN,
            };
            ways.push(way(applies().chain([(cond, truth)]).collect(), None));
        }
        (None, _) => ways.push(way(applies().collect(), said(verdict))),
    }
    if let (true, Some(own)) = (item.overridable, said(verdict)) {
        let overruled = match (&item.met_when, &item.na_when) {
            (Some(_), _) => Some(Vec::new()),
            (None, Some(cond)) => Some(vec![(cond, TRUE)]),
            (None, None) => None,
        };
        ways.extend(overruled.map(|rules| Way { rules, said: Some(own), overrules: true }));
    }
    ways
}

/// Every verdict of an item, whatever problems its answer has.
pub(super) fn verdicts(item: &Item) -> Vec<Ending<'_>> {
    let ending = |verdict: Verdict| {
        let end =
            move |way| Ending { verdict, score: None, way, steps: Vec::new(), is_clean: false };
        ways(item, verdict).into_iter().map(end)
    };
    VERDICTS.into_iter().flat_map(ending).collect()
}

/// Every ending of an item without a problem (spec s. 2.3).
pub(super) fn endings<'a>(pack: &Pack, item: &'a Item) -> Vec<Ending<'a>> {
    let mut endings = Vec::new();
    for verdict in VERDICTS {
        for way in ways(item, verdict) {
            for (score, steps) in scores(pack, item, verdict) {
                let way = way.clone();
                endings.push(Ending { verdict, score, way, steps, is_clean: true });
            }
        }
    }
    endings
}

/// The points that go with a verdict, each with what the steps must come to.
fn scores<'a>(pack: &Pack, item: &'a Item, verdict: Verdict) -> Vec<(Option<Score>, Wanted<'a>)> {
    let (Some(scheme), Some(points)) = (&pack.points, &item.points) else {
        return vec![(None, Vec::new())];
    };
    let score = |earned| Some(Score { earned, available: points.max });
    if verdict == Verdict::NotApplicable {
        let own = match scheme.na {
            NaPoints::Drop => None,
            NaPoints::Full => score(points.max),
        };
        return vec![(own, Vec::new())];
    }
    if points.bands.is_empty() {
        let earned = if verdict == Verdict::Met { points.max } else { 0 };
        return vec![(score(earned), Vec::new())];
    }
    let before = |n: usize| points.bands.iter().take(n).map(|band| (&band.when, FALSE));
    let mut scores = Vec::new();
    for (n, band) in points.bands.iter().enumerate() {
        scores.push((score(band.points), before(n).chain([(&band.when, TRUE)]).collect()));
        if verdict == Verdict::Unanswered {
            scores.push((score(0), before(n).chain([(&band.when, UNKNOWN)]).collect()));
        }
    }
    scores.push((score(0), before(points.bands.len()).collect()));
    scores
}

impl Ending<'_> {
    /// Requires of a system that the answer comes to this ending.
    pub fn require(&self, system: &mut System, slot: Slot, item: &Item) {
        self.way.require(system, slot, item);
        if !self.is_clean {
            return;
        }
        for (cond, allowed) in &self.steps {
            system.require(slot, item, cond, *allowed);
        }
        if matches!(self.verdict, Verdict::Met | Verdict::NotMet) {
            let required = item.fields.iter().filter(|field| field.required);
            required.for_each(|field| system.give(slot, item, &field.id));
        }
        if self.verdict != Verdict::NotApplicable {
            let errors = item.checks.iter().filter(|check| check.severity == Severity::Error);
            errors.for_each(|check| system.require(slot, item, &check.when, ANY & !FALSE));
        }
    }

    /// Must evidence stand there?
    pub fn asks_evidence(&self, item: &Item) -> bool {
        self.verdict == Verdict::Met && item.evidence == EvidenceRule::Required
    }
}

impl Way<'_> {
    /// Requires of a system that the verdict comes about so.
    pub fn require(&self, system: &mut System, slot: Slot, item: &Item) {
        system.answer(slot, item);
        for (cond, allowed) in &self.rules {
            system.require(slot, item, cond, *allowed);
        }
    }

    /// Must the person give a reason?
    pub fn asks_reason(&self) -> bool {
        self.overrules || self.said == Some(AnswerVerdict::NotApplicable)
    }
}
