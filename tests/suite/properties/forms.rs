//! Random answers, and forms filled with them.

use bon_tot::form::{Answer, AnswerVerdict, Assessment, Attachment, FieldValue, GateAnswer, Vote};
use bon_tot::pack::Pack;
use bon_tot::value::{Date, Digest, Id};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::generate::FACTS;

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// A file beside an answer.
fn attachment(seed: u8) -> Attachment {
    Attachment {
        name: format!("Ảnh {seed}.jpg"),
        media_type: "image/jpeg".to_owned(),
        size: i64::from(seed) * 1000,
        sha256: Digest::of_bytes(&[seed]),
    }
}

prop_compose! {
    pub fn answer()(
        a in option::weighted(0.7, 0i64..31),
        b in option::weighted(0.7, 0i64..31),
        c in option::weighted(0.7, select(&["x", "y"][..])),
        t in option::weighted(0.7, ".{1,5}"),
        d in option::weighted(0.7, Just("2026-03-04")),
        verdict in option::weighted(0.7, select(AnswerVerdict::ALL)),
        reason in select(&["", " ", "vì sao"][..]),
        evidence in select(&["", " ", "biên bản"][..]),
        files in option::weighted(0.2, proptest::sample::subsequence(vec![1u8, 2, 3], 1..=3)),
    ) -> Answer {
        let number = |name: &str, n: Option<i64>| n.map(|n| (id(name), FieldValue::Int(n)));
        let text = |name: &str, text: Option<String>| {
            let text = text.filter(|text| !bon_tot::value::is_blank(text));
            text.map(|text| (id(name), FieldValue::Text(text)))
        };
        let fields = [
            number("a", a),
            number("b", b),
            text("c", c.map(str::to_owned)),
            text("t", t),
            text("d", d.map(str::to_owned)),
        ];
        Answer {
            fields: fields.into_iter().flatten().collect(),
            verdict,
            reason: reason.to_owned(),
            evidence: evidence.to_owned(),
            attachments: files.iter().flatten().map(|seed| attachment(*seed)).collect(),
        }
    }
}

prop_compose! {
    pub fn declaration()(
        (open, excepted) in any::<(bool, bool)>(),
        day in option::of(select(&["2025-12-31", "2026-03-01", "2026-12-31"][..])),
        note in select(&["", "tự phát hiện"][..]),
    ) -> GateAnswer {
        GateAnswer {
            open,
            occurred: day.and_then(Date::parse),
            excepted,
            note: note.to_owned(),
        }
    }
}

prop_compose! {
    fn vote()(votes in vec(0i64..12, 3), given in vec(prop::bool::weighted(0.9), 3)) -> Vote {
        let mut votes = votes;
        if given[0] {
            votes.sort_unstable();
        }
        let number = |n: usize| given[n].then_some(votes[n]);
        Vote {
            in_favour: number(0),
            present: number(1),
            eligible: number(2),
            ..Vote::default()
        }
    }
}

/// The answer to an item, to be changed; an empty one where there was none.
pub fn answer_to<'a>(form: &'a mut Assessment, item: &Id) -> &'a mut Answer {
    if !form.items.contains_key(item) {
        form.items.insert(item.clone(), Answer::default());
    }
    form.items.get_mut(item).unwrap()
}

/// What is answered, by place in the pack.
#[derive(Clone, Debug)]
pub struct Filling {
    level: &'static str,
    unit_type: &'static str,
    facts: Vec<Option<i64>>,
    answers: Vec<Option<Answer>>,
    declarations: Vec<Option<GateAnswer>>,
    adjustments: Vec<i64>,
    vote: Option<Vote>,
}

prop_compose! {
    pub fn filling()(
        level in select(&["cell", "committee"][..]),
        unit_type in select(&["y", "z"][..]),
        facts in vec(option::weighted(0.8, 0i64..31), 2),
        answers in vec(option::weighted(0.9, answer()), 6),
        declarations in vec(option::weighted(0.8, declaration()), 2),
        adjustments in vec(0i64..4, 2),
        vote in option::weighted(0.8, vote()),
    ) -> Filling {
        Filling { level, unit_type, facts, answers, declarations, adjustments, vote }
    }
}

/// A form of a pack, filled.
pub fn fill(pack: &Pack, filling: &Filling) -> Assessment {
    let mut form = super::blank(pack);
    form.unit.level = id(filling.level);
    form.unit.unit_type = id(filling.unit_type);
    for (name, value) in FACTS.iter().zip(&filling.facts) {
        form.facts.extend(value.map(|value| (id(name), value)));
    }
    for (item, answer) in pack.items.iter().zip(&filling.answers) {
        form.items.extend(answer.clone().map(|answer| (item.id.clone(), answer)));
    }
    for (gate, declared) in pack.gates.iter().zip(&filling.declarations) {
        form.gates.extend(declared.clone().map(|declared| (gate.id.clone(), declared)));
    }
    for (adjustment, times) in pack.adjustments.iter().zip(&filling.adjustments) {
        form.adjustments.insert(adjustment.id.clone(), *times);
    }
    form.vote = filling.vote.clone().unwrap_or_default();
    form
}
