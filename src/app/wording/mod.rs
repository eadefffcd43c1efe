//! Texts for values of the core. No views and no signals.

#[cfg(feature = "split")]
mod advised;
mod because;
#[cfg(feature = "split")]
pub mod changes;
mod document;
mod explain;
mod fault;
#[cfg(feature = "split")]
mod hindered;
#[cfg(feature = "split")]
pub mod lint;
mod period;
mod plan;
pub mod received;
#[cfg(feature = "split")]
pub mod table;
#[cfg(feature = "split")]
mod warned;

#[cfg(feature = "split")]
pub use advised::{advice, kind_of_advice, shares};
pub use because::{deciding, passes, points_of, points_total, reason_line, why_short};
pub use document::{cite, told_of};
pub use explain::{Derived, derived_line, facts_line};
#[cfg(feature = "split")]
pub use fault::fault_words;
pub use fault::{read_refusal, technical};
#[cfg(feature = "split")]
pub use hindered::{obstacle, worse};
pub use period::{period, period_or_not, short_period};
pub use plan::{PlanLine, PlanPart, plan_parts};
#[cfg(feature = "split")]
pub use warned::{kind, warning};

use crate::app::text::{Text, fill};
use crate::form::VoteMethod;
use crate::pack::{Gate, Item, Pack, PeriodKind};
use crate::rules::{CriterionVerdict, FormVerdict, GateProblem, ItemProblem, ItemState, Verdict};
use crate::session::{Change, EntryError, EntryWarning, Missing, Progress, Section, Session};
use crate::store::{HandedIn, StoreError};
use crate::value::{Date, DateFault, Id, Label, Lang, is_blank, shown};

/// A date in text.
pub fn day(date: Date) -> String {
    let (year, month, day) = date.parts();
    format!("{day:02}/{month:02}/{year}")
}

/// A number of bytes, with one decimal where it is few of its unit.
pub fn size(t: &Text, bytes: u64) -> String {
    let (unit, shift) = match bytes {
        0..1024 => return format!("{bytes} B"),
        0x400..0x10_0000 => ("KB", 10),
        _ => ("MB", 20),
    };
    let tenths = (bytes * 10) >> shift;
    let comma = if t.lang == "en" { '.' } else { ',' };
    match (tenths / 10, tenths % 10) {
        (whole, tenth) if whole < 100 && tenth > 0 => format!("{whole}{comma}{tenth} {unit}"),
        (whole, _) => format!("{whole} {unit}"),
    }
}

/// The name of the unit and the period of a form.
pub fn unit_and_period(t: &Text, session: &Session) -> String {
    let own = session.form();
    let read = (!session.period_is_unread()).then_some(&own.period);
    [&name(t, &own.unit.name), " · ", &period_or_not(t, read)].concat()
}

/// The word for a value, from the words for all values in their order.
pub fn word_of<T: PartialEq>(all: &[T], value: T, words: &[&'static str]) -> &'static str {
    let place = all.iter().position(|own| *own == value);
    place.and_then(|place| words.get(place)).copied().unwrap_or_default()
}

/// The name of a period kind.
pub fn period_kind(t: &Text, kind: PeriodKind) -> &'static str {
    word_of(PeriodKind::ALL, kind, &t.periods)
}

/// The voting method.
pub fn vote_method(t: &Text, method: VoteMethod) -> &'static str {
    word_of(VoteMethod::ALL, method, &t.later().vote_methods)
}

/// The text of a gate's problem.
pub fn gate_problem(t: &Text, problem: GateProblem) -> &'static str {
    word_of(GateProblem::ALL, problem, &t.gate_problems)
}

/// What the name of a unit is shown as.
pub fn name(t: &Text, unit: &str) -> String {
    if is_blank(unit) { t.unnamed.to_owned() } else { shown(unit).into_owned() }
}

/// The superior that a form names, or what one is called.
pub fn superior(t: &Text, name: &str) -> String {
    if is_blank(name) { t.superior_unnamed.to_owned() } else { shown(name).into_owned() }
}

/// That a form was handed in.
pub fn handed_in(t: &Text, own: &HandedIn) -> String {
    fill(t.handed_in, &[&superior(t, &own.to), &day(own.date)])
}

fn label(found: Option<&Label>, lang: Lang) -> String {
    found.map(|label| label.text(lang)).unwrap_or_default().to_owned()
}

/// The text of an item's verdict.
pub fn verdict(t: &Text, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => t.met,
        Verdict::NotMet => t.not_met,
        Verdict::NotApplicable => t.not_applicable,
        Verdict::Unanswered => t.unanswered,
    }
}

/// The sign of an item's verdict, besides colour.
pub fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "✓",
        Verdict::NotMet => "✗",
        Verdict::NotApplicable => "–",
        Verdict::Unanswered => "◔",
    }
}

/// The sign and the text of an item's verdict.
pub fn signed_verdict(t: &Text, own: Verdict) -> String {
    format!("{} {}", sign(own), verdict(t, own))
}

/// The text and the sign of a criterion's verdict.
pub fn criterion(t: &Text, verdict: CriterionVerdict) -> (&'static str, &'static str) {
    match verdict {
        CriterionVerdict::Passed => ("✓", t.met),
        CriterionVerdict::Failed => ("✗", t.not_met),
        CriterionVerdict::Incomplete => ("◔", t.not_done),
    }
}

/// The verdict of an item as it is shown: none where it rests on numbers that cannot be.
pub fn shown_item(state: &ItemState) -> Verdict {
    if state.is_impossible() { Verdict::Unanswered } else { state.verdict }
}

/// The verdict of a criterion as it is shown: one that rests on numbers that cannot be is not shown as passed.
pub fn shown_verdict(session: &Session, place: usize) -> CriterionVerdict {
    let progress = session.progress(Section::Criterion(place)).unwrap_or_default();
    let verdict = session.criterion_verdict(place).unwrap_or(CriterionVerdict::Incomplete);
    shown_as(verdict, progress)
}

/// A verdict of a criterion as it is shown: passed only where every item is answered.
pub fn shown_as(verdict: CriterionVerdict, progress: Progress) -> CriterionVerdict {
    match verdict {
        CriterionVerdict::Passed if progress.done < progress.all => CriterionVerdict::Incomplete,
        verdict => verdict,
    }
}

/// The sign and the text of the form's verdict.
pub fn form_verdict(t: &Text, verdict: FormVerdict) -> (&'static str, &'static str) {
    match verdict {
        FormVerdict::Eligible => ("✓", t.eligible),
        FormVerdict::NotEligible => ("✗", t.not_eligible),
        FormVerdict::Incomplete => ("◔", t.incomplete),
        FormVerdict::Pending => ("◔", t.pending),
    }
}

/// The heading of a section.
pub fn section(t: &Text, lang: Lang, session: &Session, section: Section) -> String {
    match section {
        Section::Unit => t.section_unit.to_owned(),
        Section::Criterion(place) => {
            let criterion = session.pack().criteria.get(place);
            format!("{}. {}", place + 1, label(criterion.map(|c| &c.label), lang))
        }
        Section::Gates => t.section_gates.to_owned(),
        Section::Adjustments => t.section_adjustments.to_owned(),
        Section::Vote => t.section_vote.to_owned(),
        Section::Practices => t.section_practices.to_owned(),
        Section::Review => t.section_review.to_owned(),
    }
}

/// An item by number and name.
pub fn item(lang: Lang, item: &Item) -> String {
    format!("{} {}", item.id, item.label.text(lang))
}

/// The name of a gate. Its id is for programs.
pub fn gate(lang: Lang, gate: &Gate) -> String {
    gate.label.text(lang).to_owned()
}

/// A missing answer.
pub fn missing(t: &Text, lang: Lang, session: &Session, missing: &Missing) -> String {
    let pack = session.pack();
    let item = |place: usize| pack.items.get(place).map(|own| item(lang, own)).unwrap_or_default();
    match missing {
        Missing::UnitName => t.unit_name.to_owned(),
        Missing::Period => t.period.to_owned(),
        Missing::Check(place) => label(pack.checks.get(*place).map(|check| &check.message), lang),
        Missing::Fact(place) => label(pack.facts.get(*place).map(|fact| &fact.label), lang),
        Missing::Item(place) => item(*place),
        Missing::Problem(place) => {
            let problem = session.item(*place).and_then(|state| state.problems.first());
            let problem = pack.items.get(*place).zip(problem);
            let problem = problem
                .map(|(own, (problem, at))| problem_at(t, lang, own, (*problem, at.as_ref())));
            [item(*place), problem.unwrap_or_default()].join(" – ")
        }
        Missing::Gate(place) => {
            let problem = session.evaluation().gate(*place).and_then(|gate| gate.problems.first());
            let name = pack.gates.get(*place).map(|own| gate(lang, own)).unwrap_or_default();
            match problem {
                Some(problem) => format!("{name} – {}", gate_problem(t, *problem)),
                None => name,
            }
        }
        Missing::Adjustment(place) => label(pack.adjustments.get(*place).map(|a| &a.label), lang),
        Missing::Vote => t.vote_missing.to_owned(),
    }
}

/// A change from an earlier state.
pub fn change(t: &Text, lang: Lang, session: &Session, change: &Change) -> String {
    let part = |section| self::section(t, lang, session, section);
    match change {
        Change::Unit => t.unit_name.to_owned(),
        Change::Period => t.period.to_owned(),
        Change::Fact(place) => missing(t, lang, session, &Missing::Fact(*place)),
        Change::Item(place, then, now) => {
            let name = missing(t, lang, session, &Missing::Item(*place));
            let states = format!(": {} → {}", signed_verdict(t, *then), signed_verdict(t, *now));
            name + if then == now { "" } else { &states }
        }
        Change::Gate(place) => {
            let own = session.pack().gates.get(*place);
            own.map(|own| gate(lang, own)).unwrap_or_default()
        }
        Change::Adjustment(place) => missing(t, lang, session, &Missing::Adjustment(*place)),
        Change::Vote => part(Section::Vote),
        Change::Practices => part(Section::Practices),
        Change::Remarks => t.remarks.to_owned(),
    }
}

/// A problem of an item, with the field that it is of; of a failed check, by its id, what the pack says.
pub fn problem_at(
    t: &Text,
    lang: Lang,
    item: &Item,
    (problem, at): (ItemProblem, Option<&Id>),
) -> String {
    if let (ItemProblem::CheckFailed, Some(check)) = (problem, at.and_then(|id| item.check(id))) {
        return check.message.text(lang).to_owned();
    }
    let field = at.and_then(|id| item.field(id)).map(|field| &field.label);
    fill(word_of(ItemProblem::ALL, problem, &t.problems), &[&label(field, lang)])
}

/// An invalid entry.
pub fn entry_error(t: &Text, fault: EntryError) -> String {
    match fault {
        EntryError::NotANumber => t.not_a_number.to_owned(),
        EntryError::OutOfRange { min, max } => {
            fill(t.out_of_range, &[&min.to_string(), &max.to_string()])
        }
        EntryError::Date(fault) => date_fault(t, fault).to_owned(),
        EntryError::PeriodOrder => t.period_wrong.to_owned(),
    }
}

/// Why a typed text is no day.
pub fn date_fault(t: &Text, fault: DateFault) -> &'static str {
    match fault {
        DateFault::Unfinished => t.date_unfinished,
        DateFault::NoSuchDay => t.no_such_day,
        DateFault::Year => t.date_year,
    }
}

/// What is odd about a day.
pub fn entry_warning(t: &Text, warning: EntryWarning) -> &'static str {
    match warning {
        EntryWarning::Future => t.day_future,
        EntryWarning::OutsidePeriod => t.day_outside,
    }
}

/// Points in units of 1/`scale`, with the decimal sign of the language.
pub fn points(units: i64, pack: &Pack, lang: Lang) -> String {
    let scale = pack.points.as_ref().map_or(1, |points| points.scale);
    let sign = if units < 0 { "−" } else { "" };
    let (whole, rest) = (units.abs() / scale, units.abs() % scale);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let decimals = format!("{:03}", rest * 1000 / scale);
    let comma = if lang == Lang::Vi { ',' } else { '.' };
    format!("{sign}{whole}{comma}{}", decimals.trim_end_matches('0'))
}

/// A storage error, and what to do.
pub fn store_error(t: &Text, error: &StoreError) -> String {
    match error {
        StoreError::QuotaExceeded => t.store_quota.to_owned(),
        StoreError::NoOpenKey => t.store_needs_key.to_owned(),
        StoreError::NewerVersion => t.store_newer.to_owned(),
        StoreError::Unavailable => t.store_refused.to_owned(),
        StoreError::Failed(name) => fill(t.store_failed, &[name]),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::app::text::{english, text};
    use crate::form::{Assessment, Period};
    use crate::pack::catalog::by_id;
    use crate::value::{AssessmentId, Instant};

    fn blank() -> Session {
        let pack = Rc::new(by_id("nghe-an-2024").unwrap().read().unwrap());
        let period = Period {
            kind: pack.periods[0],
            from: Date::parse("2026-01-01").unwrap(),
            to: Date::parse("2026-12-31").unwrap(),
        };
        let (id, now) = (AssessmentId::from_bits([7; 16]), Instant::from_unix(0));
        let form = Assessment::blank(&pack, id, period, now).unwrap();
        Session::open(pack, form).unwrap()
    }

    #[test]
    fn sentences_hold_their_values() {
        let (vi, en) = (text(Lang::Vi), english());
        let date = Date::parse("2026-03-05").unwrap();
        assert_eq!(day(date), "05/03/2026");
        let failed = StoreError::Failed("AbortError".to_owned());
        for t in [vi, en] {
            assert!(store_error(t, &failed).contains("AbortError"));
            assert!(!store_error(t, &failed).contains("{}"));
        }
        assert_ne!(store_error(vi, &failed), store_error(en, &failed));
    }

    #[test]
    fn what_is_missing_and_every_section_has_a_name_in_both_languages() {
        let session = blank();
        for (t, lang) in [(text(Lang::Vi), Lang::Vi), (english(), Lang::En)] {
            let all: Vec<_> = session.missing().collect();
            assert!(all.len() > 20);
            let missing = all.iter().map(|own| missing(t, lang, &session, own));
            let sections = session.sections().into_iter();
            let sections = sections.map(|own| section(t, lang, &session, own));
            for words in missing.chain(sections) {
                assert!(!words.trim().is_empty() && !words.contains("{}"), "{words:?}");
            }
        }
    }
}
