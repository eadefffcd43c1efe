//! The reasons of the verdict, and what is missing.

use crate::app::text::{Text, fill};
use crate::app::wording::{label, points};
use crate::pack::Pack;
use crate::rules::{CriterionVerdict, FormVerdict, PointsOutcome, Reason, Verdict};
use crate::session::{Missing, Session};
use crate::value::{Id, Lang};

/// A criterion by number and name.
fn criterion(pack: &Pack, id: &Id, lang: Lang) -> String {
    let place = pack.criteria.iter().position(|c| c.id == *id).map_or(0, |place| place + 1);
    format!("{place} ({})", label(pack.criterion(id).map(|c| &c.label), lang))
}

fn gate_name(pack: &Pack, id: &Id, lang: Lang) -> String {
    label(pack.gate(id).map(|gate| &gate.label), lang)
}

fn gate_open(t: &Text, lang: Lang, pack: &Pack, id: &Id) -> String {
    fill(t.gate_open, &[&gate_name(pack, id, lang)])
}

/// How a criterion passes; `None` where nothing of it has to be met.
pub fn passes(t: &Text, session: &Session, place: usize) -> Option<String> {
    let pack = session.pack();
    let percent = pack.criteria.get(place)?.others_percent;
    let items = session.items_of(place).into_iter().filter_map(|place| pack.items.get(place));
    let (mandatory, others): (Vec<_>, Vec<_>) = items.partition(|item| item.mandatory);
    let has_others = percent > 0 && !others.is_empty();
    let words = match (mandatory.is_empty(), has_others) {
        (true, false) => return None,
        (true, true) => t.passes[2],
        (false, true) if percent == 100 => t.passes[0],
        (false, true) => t.passes[1],
        (false, false) => t.passes[3],
    };
    Some(fill(words, &[&percent.to_string()]))
}

/// The items of a criterion that are not met and not mandatory, by number.
fn others_against(session: &Session, criterion: &Id) -> String {
    let pack = session.pack();
    let place = pack.criteria.iter().position(|own| own.id == *criterion);
    let items = place.map(|place| session.items_of(place)).unwrap_or_default();
    let against = items
        .into_iter()
        .filter(|place| session.item(*place).is_some_and(|state| state.verdict == Verdict::NotMet));
    let against = against.filter_map(|place| pack.items.get(place)).filter(|item| !item.mandatory);
    against.map(|item| item.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// A reason as a line of the review.
pub fn reason_line(t: &Text, lang: Lang, session: &Session, reason: &Reason) -> String {
    let pack = session.pack();
    let line = match reason {
        Reason::GateOpen { gate } => gate_open(t, lang, pack, gate),
        Reason::MandatoryNotMet { criterion: own, item } => {
            let name = label(pack.item(item).map(|item| &item.label), lang);
            fill(t.mandatory_not_met, &[&criterion(pack, own, lang), item.as_str(), &name])
        }
        Reason::ShareNotReached { criterion: id } => {
            let percent = pack.criterion(id).map_or(0, |c| c.others_percent);
            let (own, against) = (criterion(pack, id, lang), others_against(session, id));
            match percent {
                100 => fill(t.share_all, &[&own, &against]),
                _ => fill(t.share_not_reached, &[&own, &percent.to_string(), &against]),
            }
        }
        Reason::VoteNotPassed => t.vote_not_passed.to_owned(),
        Reason::BandNotReached => t.band_not_reached.to_owned(),
        Reason::GatePending { gate } => fill(t.gate_pending, &[&gate_name(pack, gate, lang)]),
    };
    // Sentences also used inside others begin in lower case, with an ASCII letter.
    let mut line = line + ".";
    if let Some(first) = line.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    line
}

/// One sentence under the verdict: the obstacle, or how much is missing.
pub fn why_short(t: &Text, lang: Lang, session: &Session) -> String {
    let pack = session.pack();
    let impossible = session.impossible();
    let missing = session.missing().count().saturating_sub(impossible);
    let count = |words, count: usize| (count > 0).then(|| fill(words, &[&count.to_string()]));
    let left =
        count(t.impossible_count, impossible).into_iter().chain(count(t.missing_count, missing));
    let failed = (0..pack.criteria.len())
        .filter(|place| session.criterion_verdict(*place) == Some(CriterionVerdict::Failed))
        .map(|place| fill(t.criterion_failed, &[&(place + 1).to_string()]));
    let others = session.reasons().into_iter().filter_map(|reason| match reason {
        Reason::GateOpen { gate } => Some(gate_open(t, lang, pack, &gate)),
        Reason::VoteNotPassed => Some(t.vote_not_passed.to_owned()),
        Reason::BandNotReached => Some(t.band_not_reached.to_owned()),
        _ => None,
    });
    let against: Vec<_> = failed.chain(others).collect();
    let against = (!against.is_empty()).then(|| fill(t.with_answers, &[&against.join(", ")]));
    match session.verdict() {
        FormVerdict::Eligible => t.eligible_say.to_owned(),
        FormVerdict::Pending => {
            let waits = session.reasons().into_iter().filter_map(|reason| match reason {
                Reason::GatePending { gate } => Some(gate_name(pack, &gate, lang)),
                _ => None,
            });
            fill(t.pending_say, &[&waits.collect::<Vec<_>>().join(", ")])
        }
        FormVerdict::NotEligible | FormVerdict::Incomplete => {
            against.into_iter().chain(left).collect::<Vec<_>>().join(" ")
        }
    }
}

/// What stands first against the form, in a few words.
pub fn deciding(t: &Text, session: &Session) -> Option<String> {
    let pack = session.pack();
    let words = match session.deciding()? {
        Missing::Item(index) => fill(t.item_against, &[pack.items.get(index)?.id.as_str()]),
        Missing::Gate(_) => t.gate_against.to_owned(),
        _ => t.vote_against.to_owned(),
    };
    Some(words)
}

/// Points and band of a form in a sentence; `None` without points.
pub fn points_total(t: &Text, lang: Lang, session: &Session) -> Option<String> {
    let total = session.evaluation().points(session.pack(), session.form())?;
    points_of(t, lang, session.pack(), &total)
}

/// Points and band in a sentence; `None` where the pack counts none.
pub fn points_of(t: &Text, lang: Lang, pack: &Pack, total: &PointsOutcome) -> Option<String> {
    let scheme = pack.points.as_ref()?;
    let band = scheme.bands.iter().find(|band| Some(&band.id) == total.band.as_ref());
    let band = band.map_or(t.later().no_band, |band| band.label.text(lang));
    let own = |units| points(units, pack, lang);
    let total = fill(t.later().points_total, &[&own(total.earned), &own(total.available)]);
    Some(format!("{total}. {}.", fill(t.later().band, &[band])))
}
