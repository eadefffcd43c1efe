//! The analysis against brute force: small random packs, and every form of them judged by the rules.

use std::collections::BTreeMap;

use bon_tot::form::{Answer, AnswerVerdict, Assessment, FieldValue, GateAnswer, Period, Vote};
use bon_tot::kit::findings::{Monotone, Reachable};
use bon_tot::kit::{analyse, analysis};
use bon_tot::pack::{FieldKind, Item, Pack, lint};
use bon_tot::rules::{Evaluation, FormVerdict, ItemState, Scope, Values, Verdict, outcome};
use bon_tot::value::{AssessmentId, Date, Id, Instant};

/// Numbers that are the same every time (xorshift64*).
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % count
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }
}

// ---- packs

struct Writer {
    chance: Chance,
    facts: u64,
}

/// The fields of the item that is being written.
#[derive(Default)]
struct Fields {
    numbers: Vec<&'static str>,
    choice: bool,
    date: bool,
}

impl Writer {
    fn expr(&mut self, fields: &Fields, depth: u64) -> String {
        let kinds = if depth == 0 { 3 } else { 6 };
        match self.chance.below(kinds) {
            0 => self.chance.below(4).to_string(),
            1 if self.facts > 0 => format!(r#"{{"fact": "f{}"}}"#, self.chance.below(self.facts)),
            3 => {
                let (a, b) = (self.expr(fields, depth - 1), self.expr(fields, depth - 1));
                format!(r#"{{"sub": [{a}, {b}]}}"#)
            }
            4 => {
                let (a, b) = (self.expr(fields, depth - 1), self.expr(fields, depth - 1));
                format!(r#"{{"add": [{a}, {b}]}}"#)
            }
            5 => {
                let (a, by) = (self.expr(fields, 0), self.chance.below(4) as i64 - 1);
                format!(r#"{{"mul": [{a}, {by}]}}"#)
            }
            _ => match fields.numbers.len() as u64 {
                0 => self.chance.below(3).to_string(),
                count => {
                    let id = fields.numbers[self.chance.below(count) as usize];
                    format!(r#"{{"field": "{id}"}}"#)
                }
            },
        }
    }

    fn cond(&mut self, fields: &Fields, depth: u64) -> String {
        match self.chance.below(if depth == 0 { 6 } else { 10 }) {
            4 if fields.choice => {
                let among = self.chance.pick(&[r#""a""#, r#""b", "c""#, "", r#""a", "b", "c""#]);
                format!(r#"{{"choice": {{"field": "c", "in": [{among}]}}}}"#)
            }
            4 if fields.date => r#"{"in_period": {"field": "d"}}"#.to_owned(),
            4 if !fields.numbers.is_empty() => {
                format!(r#"{{"given": {{"field": "{}"}}}}"#, fields.numbers[0])
            }
            5 => {
                let (of, within) = (self.expr(fields, 1), self.expr(fields, 1));
                let op = self.chance.pick(&["gt", "ge", "lt", "le"]);
                let percent = self.chance.pick(&["50", "85", "100", "0", "34"]);
                format!(
                    r#"{{"share": {{"of": {of}, "in": {within}, "op": "{op}", "percent": {percent}}}}}"#
                )
            }
            6 => {
                let (a, b) = (self.cond(fields, depth - 1), self.cond(fields, depth - 1));
                format!(r#"{{"all": [{a}, {b}]}}"#)
            }
            7 => {
                let (a, b) = (self.cond(fields, depth - 1), self.cond(fields, depth - 1));
                format!(r#"{{"any": [{a}, {b}]}}"#)
            }
            8 => format!(r#"{{"not": {}}}"#, self.cond(fields, depth - 1)),
            _ => {
                let (a, b) = (self.expr(fields, 1), self.expr(fields, 1));
                let op = self.chance.pick(&["eq", "ne", "lt", "le", "gt", "ge"]);
                format!(r#"{{"{op}": [{a}, {b}]}}"#)
            }
        }
    }

    fn item(&mut self, n: u64, criteria: u64, has_points: bool) -> String {
        let mut fields = Fields::default();
        let mut list = Vec::new();
        for id in ["x", "y"].iter().take(self.chance.below(3) as usize) {
            fields.numbers.push(id);
            let (max, required) = (1 + self.chance.below(2), self.chance.one_in(3));
            list.push(format!(
                r#"{{"id": "{id}", "kind": "integer", "label": {{"vi": "x"}}, "min": 0, "max": {max}, "required": {required}}}"#
            ));
        }
        if fields.numbers.len() < 2 && self.chance.one_in(4) {
            fields.choice = true;
            let choices =
                ["a", "b", "c"].map(|id| format!(r#"{{"id": "{id}", "label": {{"vi": "x"}}}}"#));
            let choices = choices.join(", ");
            list.push(format!(
                r#"{{"id": "c", "kind": "choice", "label": {{"vi": "x"}}, "choices": [{choices}]}}"#
            ));
        } else if fields.numbers.len() < 2 && self.chance.one_in(4) {
            fields.date = true;
            list.push(r#"{"id": "d", "kind": "date", "label": {"vi": "x"}}"#.to_owned());
        }
        let mut members = format!(
            r#""id": "i{n}", "criterion": "c{}", "label": {{"vi": "x"}}, "applies": ["*:*"], "mandatory": {}, "may_skip": {}, "override": {}, "evidence": "{}", "fields": [{}]"#,
            self.chance.below(criteria),
            self.chance.one_in(2),
            self.chance.one_in(4),
            self.chance.one_in(4),
            self.chance.pick(&["none", "required"]),
            list.join(", ")
        );
        if self.chance.one_in(3) {
            members += &format!(r#", "na_when": {}"#, self.cond(&fields, 1));
        }
        if !self.chance.one_in(3) {
            members += &format!(r#", "met_when": {}"#, self.cond(&fields, 2));
        }
        if self.chance.one_in(3) {
            let (cond, kind) = (self.cond(&fields, 1), self.chance.pick(&["error", "warning"]));
            members += &format!(
                r#", "checks": [{{"id": "k", "when": {cond}, "severity": "{kind}", "message": {{"vi": "x"}}}}]"#
            );
        }
        if has_points && !self.chance.one_in(4) {
            let bands: Vec<String> = (0..self.chance.below(3))
                .map(|_| {
                    let (cond, points) = (self.cond(&fields, 1), self.chance.below(4));
                    format!(r#"{{"when": {cond}, "points": {points}}}"#)
                })
                .collect();
            members += &format!(r#", "points": {{"max": 3, "bands": [{}]}}"#, bands.join(", "));
        }
        format!("{{{members}}}")
    }
}

/// A small random pack; it may have errors.
pub fn random_pack(seed: u64) -> Option<Pack> {
    let mut chance = Chance::of(seed);
    let facts = chance.below(3);
    let mut writer = Writer { chance, facts };
    let criteria = 1 + writer.chance.below(2);
    let items = if facts < 2 && writer.chance.one_in(4) { 3 } else { 1 + writer.chance.below(2) };
    let has_points = writer.chance.one_in(2);
    let items: Vec<String> = (0..items).map(|n| writer.item(n, criteria, has_points)).collect();
    let chance = &mut writer.chance;
    let gate = match chance.below(4) {
        0 => {
            r#"{"id": "g", "label": {"vi": "x"}, "effect": "fail", "applies": ["*:*"]}"#.to_owned()
        }
        1 => format!(
            r#"{{"id": "g", "label": {{"vi": "x"}}, "effect": "{}", "applies": ["*:*"], "items": ["i0"]}}"#,
            chance.pick(&["fail", "pending"])
        ),
        _ => String::new(),
    };
    let vote = chance.pick(&[
        "null",
        "null",
        r#"{"required": true, "of": "eligible", "op": "gt", "num": 1, "den": 2}"#,
        r#"{"required": true, "of": "present", "op": "gt", "num": 2, "den": 2}"#,
        r#"{"required": false, "of": "present", "op": "ge", "num": 3, "den": 2}"#,
    ]);
    let mut points = "null".to_owned();
    let mut adjustments = String::new();
    if has_points {
        let eligible =
            chance.pick(&["", r#""good""#, r#""fair""#, r#""good", "fair""#, r#""fair", "poor""#]);
        let full = chance.pick(&["", r#""i0""#]);
        let full = if items[0].contains(r#""points": {"#) { full } else { "" };
        let (na, up, down) = (chance.pick(&["drop", "full"]), chance.below(3), chance.below(2));
        points = format!(
            r#"{{"scale": 1, "na": "{na}", "adjustment_cap": {{"up": {up}, "down": {down}}}, "bands": [
              {{"id": "good", "label": {{"vi": "x"}}, "at_least_bp": {}, "full_items": [{full}]}},
              {{"id": "fair", "label": {{"vi": "x"}}, "at_least_bp": {}}},
              {{"id": "poor", "label": {{"vi": "x"}}, "at_least_bp": 1}}], "eligible_bands": [{eligible}]}}"#,
            chance.pick(&["10000", "9000", "6667"]),
            chance.pick(&["5000", "3334"]),
        );
        if chance.one_in(3) {
            let times = chance.pick(&["2", "-1", "1"]);
            adjustments = format!(
                r#"{{"id": "b", "label": {{"vi": "x"}}, "points": {times}, "max_times": 1, "applies": ["*:*"]}}"#
            );
        }
    }
    let facts: Vec<String> = (0..facts)
        .map(|n| {
            let applies = if chance.one_in(6) { "" } else { r#""*:*""# };
            format!(r#"{{"id": "f{n}", "label": {{"vi": "x"}}, "min": 0, "max": 2, "applies": [{applies}]}}"#)
        })
        .collect();
    let check = match (facts.len(), chance.below(3)) {
        (2, 0) => {
            r#"{"id": "k", "applies": ["*:*"], "when": {"lt": [{"fact": "f0"}, {"fact": "f1"}]}, "severity": "error", "message": {"vi": "x"}}"#
        }
        _ => "",
    };
    let criteria_list: Vec<String> = (0..criteria)
        .map(|n| {
            let percent = chance.pick(&["0", "50", "100", "34"]);
            format!(r#"{{"id": "c{n}", "label": {{"vi": "x"}}, "others_percent": {percent}}}"#)
        })
        .collect();
    let text = format!(
        r#"{{"format": "bontot.pack/1", "id": "small", "version": "1.0.0", "title": {{"vi": "x"}}, "effective": {{"from": "2026-01-01", "to": null}},
        "levels": [{{"id": "l", "label": {{"vi": "x"}}}}], "types": [{{"id": "t", "label": {{"vi": "x"}}}}], "periods": ["year"],
        "facts": [{}], "checks": [{check}], "criteria": [{}], "items": [{}], "gates": [{gate}], "adjustments": [{adjustments}], "points": {points},
        "decision": {{"criteria_required": {}, "vote": {vote}}}}}"#,
        facts.join(", "),
        criteria_list.join(", "),
        items.join(", "),
        chance.below(criteria + 1),
    );
    let pack = Pack::from_bytes(text.as_bytes()).unwrap_or_else(|e| panic!("{seed}: {e}\n{text}"));
    lint::errors(&pack).is_empty().then_some(pack)
}

// ---- every form

fn product<T: Clone>(parts: &[Vec<T>]) -> Vec<Vec<T>> {
    parts.iter().fold(vec![Vec::new()], |whole, part| {
        let with = |own: &Vec<T>| {
            let own = own.clone();
            part.iter()
                .map(move |one| [own.clone(), vec![one.clone()]].concat())
                .collect::<Vec<_>>()
        };
        whole.iter().flat_map(with).collect()
    })
}

/// Every answer to an item, with reason and evidence where the person says anything.
fn answers(item: &Item) -> Vec<Answer> {
    let text = |text: &str| Some(FieldValue::Text(text.to_owned()));
    let fields: Vec<Vec<Option<FieldValue>>> = item
        .fields
        .iter()
        .map(|field| match &field.kind {
            FieldKind::Integer { min, max } => {
                (*min..=*max).map(|n| Some(FieldValue::Int(n))).chain([None]).collect()
            }
            FieldKind::Choice(choices) => {
                choices.iter().map(|own| text(own.id.as_str())).chain([None]).collect()
            }
            FieldKind::Date => vec![text("2026-06-01"), text("2020-01-01"), None],
            FieldKind::Text => vec![text("x"), None],
        })
        .collect();
    let said = [
        None,
        Some(AnswerVerdict::Met),
        Some(AnswerVerdict::NotMet),
        Some(AnswerVerdict::NotApplicable),
    ];
    let mut answers = Vec::new();
    for values in product(&fields) {
        for (verdict, words) in said.iter().flat_map(|one| [(one, "x"), (one, "")]) {
            let mut answer = Answer { verdict: *verdict, ..Answer::default() };
            words.clone_into(&mut answer.reason);
            words.clone_into(&mut answer.evidence);
            for (field, value) in item.fields.iter().zip(&values) {
                if let Some(value) = value {
                    answer.fields.insert(field.id.clone(), value.clone());
                }
            }
            answers.push(answer);
        }
    }
    answers
}

fn rank(verdict: FormVerdict) -> u8 {
    match verdict {
        FormVerdict::NotEligible => 0,
        FormVerdict::Incomplete => 1,
        FormVerdict::Pending => 2,
        FormVerdict::Eligible => 3,
    }
}

/// The verdict, then the place of the band from the end, then the points: the greater the better.
type Standing = (u8, usize, i64);

fn standing(pack: &Pack, form: &Assessment) -> Standing {
    let evaluation = Evaluation::of(pack, form);
    let points = evaluation.points(pack, form);
    let bands = pack.points.as_ref().map_or(&[][..], |points| &points.bands);
    let band = points.as_ref().and_then(|points| points.band.clone());
    let band = band.and_then(|band| bands.iter().rev().position(|own| own.id == band));
    (
        rank(evaluation.verdict(pack, form)),
        band.map_or(0, |place| place + 1),
        points.map_or(0, |points| points.earned),
    )
}

/// Is the second state of an item a better answer than the first?
fn is_better(before: &ItemState, after: &ItemState) -> bool {
    let is_clean = |state: &ItemState| state.problems.is_empty() && !state.overridden;
    let rises = before.score.zip(after.score).is_some_and(|(a, b)| a.earned < b.earned);
    is_clean(before)
        && is_clean(after)
        && ((before.verdict, after.verdict) == (Verdict::NotMet, Verdict::Met)
            || before.verdict == after.verdict && rises)
}

/// A form that is decided at last, and not as one would like, is no worse for that.
fn is_as_good(after: Standing, before: Standing) -> bool {
    match (before.0, after.0) {
        (1, 0) => (after.1, after.2) >= (before.1, before.2),
        _ => after >= before,
    }
}

struct Truth {
    reachable: bool,
    monotone: Vec<bool>,
    forms: usize,
}

fn blank(pack: &Pack) -> Assessment {
    let (from, to) = (Date::new(2026, 1, 1).unwrap(), Date::new(2026, 12, 31).unwrap());
    let period = Period { kind: pack.periods[0], from, to };
    let id = AssessmentId::from_bits([0; 16]);
    Assessment::blank(pack, id, period, Instant::from_unix(0)).unwrap()
}

/// What every form of a pack shows. Answers to an item that come to the same are looked at once.
fn truth(pack: &Pack) -> Truth {
    let mut truth = Truth { reachable: false, monotone: vec![true; pack.items.len()], forms: 0 };
    let facts: Vec<Vec<(Id, Option<i64>)>> = pack
        .facts
        .iter()
        .map(|fact| {
            let values = (fact.min..=fact.max).map(Some).chain([None]);
            values.map(|value| (fact.id.clone(), value)).collect()
        })
        .collect();
    let vote = |(eligible, present, in_favour)| Vote {
        eligible: Some(eligible),
        present: Some(present),
        in_favour: Some(in_favour),
        ..Vote::default()
    };
    let mut votes = vec![Vote::default(), vote((0, 1, 1))];
    if pack.decision.vote.is_some() {
        votes.extend([(2, 2, 2), (2, 1, 0), (0, 0, 0)].map(vote));
    }
    let mut gates = vec![None];
    if pack.gates.iter().any(|gate| gate.items.is_empty()) {
        let open = |open| Some(GateAnswer { open, ..GateAnswer::default() });
        gates.extend([open(true), open(false)]);
    }
    let times: &[i64] = if pack.adjustments.is_empty() { &[0] } else { &[0, 1] };
    for facts in product(&facts) {
        let mut form = blank(pack);
        for (id, value) in facts {
            if let Some(value) = value {
                form.facts.insert(id, value);
            }
        }
        let scope = Scope::of(pack, &form.unit);
        let distinct = |item: &Item| {
            let mut distinct: Vec<(Answer, ItemState)> = Vec::new();
            for answer in answers(item) {
                let values = Values { answer: Some(&answer), form: &form, pack, scope: &scope };
                let state = ItemState::of(pack, item, &values);
                let key = |state: &ItemState| {
                    (state.verdict, state.score, state.problems.is_empty(), state.overridden)
                };
                if !distinct.iter().any(|(_, own)| key(own) == key(&state)) {
                    distinct.push((answer, state));
                }
            }
            distinct
        };
        let own: Vec<_> = pack.items.iter().map(distinct).collect();
        let indices: Vec<Vec<usize>> = own.iter().map(|own| (0..own.len()).collect()).collect();
        for (vote, gate, times) in votes
            .iter()
            .flat_map(|v| gates.iter().flat_map(move |g| times.iter().map(move |t| (v, g, t))))
        {
            form.vote = vote.clone();
            if let Some(gate) = gate {
                form.gates.insert(pack.gates[0].id.clone(), gate.clone());
            }
            if let Some(adjustment) = pack.adjustments.first() {
                form.adjustments.insert(adjustment.id.clone(), *times);
            }
            let mut standings: BTreeMap<Vec<usize>, Standing> = BTreeMap::new();
            for at in product(&indices) {
                for (item, (n, own)) in pack.items.iter().zip(at.iter().zip(&own)) {
                    form.items.insert(item.id.clone(), own[*n].0.clone());
                }
                let standing = standing(pack, &form);
                truth.forms += 1;
                truth.reachable |= standing.0 == 3;
                standings.insert(at, standing);
            }
            for (at, before) in &standings {
                for n in 0..at.len() {
                    for other in 0..own[n].len() {
                        if truth.monotone[n] && is_better(&own[n][at[n]].1, &own[n][other].1) {
                            let mut changed = at.clone();
                            changed[n] = other;
                            truth.monotone[n] = is_as_good(standings[&changed], *before);
                        }
                    }
                }
            }
        }
    }
    truth
}

// ---- agreement

#[test]
fn the_analysis_of_a_thousand_small_packs_agrees_with_every_form_of_them() {
    let packs: Vec<(u64, Pack)> =
        (0..).filter_map(|seed| Some((seed, random_pack(seed)?))).take(1000).collect();
    let halves = packs.chunks(packs.len().div_ceil(2));
    let counts = std::thread::scope(|scope| {
        let threads: Vec<_> = halves.map(|half| scope.spawn(|| agree(half))).collect();
        threads
            .into_iter()
            .map(|own| own.join().unwrap())
            .fold([0; 5], |sum, own| [0, 1, 2, 3, 4].map(|n| sum[n] + own[n]))
    });
    let [reachable, unreachable, monotone, not_monotone, forms] = counts;
    println!(
        "{reachable} reachable, {unreachable} not; {monotone} items monotone, {not_monotone} not; {forms} forms"
    );
    // Both answers are there often enough to mean something.
    assert!(reachable > 200 && unreachable > 200, "{counts:?}");
    assert!(monotone > 500 && not_monotone > 50, "{counts:?}");
}

fn agree(packs: &[(u64, Pack)]) -> [usize; 5] {
    let mut counts = [0; 5];
    for (seed, pack) in packs {
        let analysis = analyse(pack);
        let truth = truth(pack);
        counts[4] += truth.forms;
        let [(_, reachable)] = &analysis.reachable[..] else { panic!("one level and type") };
        match reachable {
            Reachable::Yes(form) => {
                assert!(truth.reachable, "{seed}: none is eligible");
                assert_eq!(outcome(pack, form).verdict, FormVerdict::Eligible, "{seed}");
                counts[0] += 1;
            }
            Reachable::No(obstacles) => {
                assert!(!truth.reachable, "{seed}: some form is eligible, but {obstacles:?}");
                assert!(!obstacles.is_empty(), "{seed}");
                counts[1] += 1;
            }
            Reachable::Undecided => panic!("{seed}: undecided"),
        }
        assert_eq!(analysis.monotone.len(), pack.items.len());
        for ((id, monotone), expected) in analysis.monotone.iter().zip(&truth.monotone) {
            match monotone {
                Monotone::Yes => assert!(*expected, "{seed}: {id} is not monotone"),
                Monotone::No { before, after, how, .. } => {
                    assert!(!*expected, "{seed}: {id} is monotone, not {how}");
                    let outcomes = [outcome(pack, before), outcome(pack, after)];
                    assert_eq!(analysis::worse(pack, &outcomes).as_ref(), Some(how), "{seed}");
                    assert!(
                        !is_as_good(standing(pack, after), standing(pack, before)),
                        "{seed}: {id}"
                    );
                }
                Monotone::Undecided => panic!("{seed}: {id} undecided"),
            }
            counts[if *expected { 2 } else { 3 }] += 1;
        }
    }
    counts
}
