//! Why the verdict is what it is, and what it would still take.

use crate::app::text::{Text, fill};
use crate::app::words::points;
use crate::pack::Pack;
use crate::rules::{CriterionVerdict, FormVerdict, Reason, Step, plan};
use crate::session::{Missing, Session};
use crate::value::{Id, Label, Lang};

fn label(found: Option<&Label>, lang: Lang) -> &str {
    found.map(|label| label.text(lang)).unwrap_or_default()
}

/// A criterion by number and name.
fn criterion(pack: &Pack, id: &Id, lang: Lang) -> String {
    let place = pack
        .criteria
        .iter()
        .position(|c| c.id == *id)
        .map_or(0, |place| place + 1);
    format!(
        "{place} ({})",
        label(pack.criterion(id).map(|c| &c.label), lang)
    )
}

/// A reason as a line of the review.
pub fn reason_line(t: &Text, lang: Lang, pack: &Pack, reason: &Reason) -> String {
    let gate = |id: &Id| label(pack.gate(id).map(|gate| &gate.label), lang).to_owned();
    let line = match reason {
        Reason::GateOpen(id) => fill(t.gate_open, &[id.as_str(), &gate(id)]),
        Reason::MandatoryNotMet {
            criterion: own,
            item,
        } => {
            let name = label(pack.item(item).map(|item| &item.label), lang);
            fill(
                t.mandatory_not_met,
                &[&criterion(pack, own, lang), item.as_str(), name],
            )
        }
        Reason::ShareNotReached(id) => {
            let percent = pack
                .criterion(id)
                .map_or(0, |c| c.others_percent)
                .to_string();
            fill(t.share_not_reached, &[&criterion(pack, id, lang), &percent])
        }
        Reason::VoteNotPassed => t.vote_not_passed.to_owned(),
        Reason::BandNotReached => t.band_not_reached.to_owned(),
        Reason::GatePending(id) => fill(t.gate_pending, &[id.as_str(), &gate(id)]),
    };
    // Sentences that also stand inside others begin small; all of them with an ASCII letter.
    let mut line = line + ".";
    if let Some(first) = line.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    line
}

/// One sentence under the verdict: what stands in the way, or how much is missing.
pub fn why_short(t: &Text, lang: Lang, session: &Session) -> String {
    let pack = session.pack();
    let missing = session.missing().len();
    let left = (missing > 0).then(|| fill(t.missing_count, &[&missing.to_string()]));
    let failed = (0..pack.criteria.len())
        .filter(|place| session.criterion_verdict(*place) == Some(CriterionVerdict::Failed))
        .map(|place| fill(t.criterion_failed, &[&(place + 1).to_string()]));
    let others = session
        .reasons()
        .into_iter()
        .filter_map(|reason| match reason {
            Reason::GateOpen(id) => {
                let gate = label(pack.gate(&id).map(|gate| &gate.label), lang);
                Some(fill(t.gate_open, &[id.as_str(), gate]))
            }
            Reason::VoteNotPassed => Some(t.vote_not_passed.to_owned()),
            Reason::BandNotReached => Some(t.band_not_reached.to_owned()),
            _ => None,
        });
    let against: Vec<_> = failed.chain(others).collect();
    let against = (!against.is_empty()).then(|| fill(t.with_answers, &[&against.join(", ")]));
    match session.verdict() {
        FormVerdict::Eligible => t.eligible_say.to_owned(),
        FormVerdict::Pending => {
            let waits = session
                .reasons()
                .into_iter()
                .filter_map(|reason| match reason {
                    Reason::GatePending(id) => {
                        Some(label(pack.gate(&id).map(|gate| &gate.label), lang).to_owned())
                    }
                    _ => None,
                });
            fill(t.pending_say, &[&waits.collect::<Vec<_>>().join(", ")])
        }
        FormVerdict::NotEligible | FormVerdict::Incomplete => against
            .into_iter()
            .chain(left)
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// The steps that it would still take, each with the place where it is taken. Problems are left
/// out: they stand in the list of what is missing.
pub fn plan_lines(t: &Text, lang: Lang, session: &Session) -> Vec<(String, Option<Missing>)> {
    let pack = session.pack();
    let place_of = |id: &Id| pack.item_index(id);
    let gate_of = |id: &Id| {
        pack.gates
            .iter()
            .position(|gate| gate.id == *id)
            .map(Missing::Gate)
    };
    let gate = |sentence: &str, id: &Id| {
        fill(
            sentence,
            &[
                id.as_str(),
                label(pack.gate(id).map(|gate| &gate.label), lang),
            ],
        )
    };
    let name = |id: &Id| label(pack.item(id).map(|item| &item.label), lang).to_owned();
    let list = |ids: &[Id]| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
    let mut lines = Vec::new();
    for step in plan(pack, session.form()).steps {
        match step {
            Step::Mend(_) => {}
            Step::Answer { item, .. } => lines.push((
                fill(t.later.step_answer, &[item.as_str(), &name(&item)]),
                place_of(&item).map(Missing::Item),
            )),
            Step::Meet { item, change, .. } => {
                let mut line = fill(t.later.step_meet, &[item.as_str(), &name(&item)]);
                if let Some(change) = change {
                    let field = pack.item(&item).and_then(|item| item.field(&change.field));
                    let field = label(field.map(|field| &field.label), lang);
                    let numbers = [change.from.to_string(), change.to.to_string()];
                    line += ". ";
                    line += &fill(t.later.step_change, &[field, &numbers[0], &numbers[1]]);
                }
                lines.push((line, place_of(&item).map(Missing::Item)));
            }
            Step::MeetSome {
                criterion: own,
                count,
                items,
            } => lines.push((
                fill(
                    t.later.step_some,
                    &[
                        &criterion(pack, &own, lang),
                        &count.to_string(),
                        &list(&items),
                    ],
                ),
                items.first().and_then(place_of).map(Missing::Item),
            )),
            Step::DeclareGate(id) => lines.push((gate(t.later.step_gate, &id), gate_of(&id))),
            Step::CloseGate(id) => lines.push((gate(t.later.step_gate_close, &id), gate_of(&id))),
            Step::TakeVote => lines.push((t.later.step_vote.to_owned(), Some(Missing::Vote))),
            Step::Votes { from, to } => lines.push((
                fill(t.later.step_votes, &[&to.to_string(), &from.to_string()]),
                Some(Missing::Vote),
            )),
            Step::Points {
                band,
                missing,
                full_items,
            } => {
                let scheme = pack.points.as_ref();
                let band = scheme.and_then(|points| points.bands.iter().find(|b| b.id == band));
                let band = label(band.map(|band| &band.label), lang);
                if missing > 0 {
                    let missing = points(missing, pack, lang);
                    lines.push((fill(t.later.step_points, &[&missing, band]), None));
                }
                if !full_items.is_empty() {
                    lines.push((fill(t.later.step_full, &[&list(&full_items), band]), None));
                }
            }
        }
    }
    lines
}
