//! What to answer: worked out from a pack by the library, so that a journey knows no item.

use std::collections::BTreeMap;
use std::rc::Rc;

use bon_tot::form::{
    AnswerVerdict, Assessment, FieldValue, GateAnswer, Period, Practice, VoteMethod,
};
use bon_tot::pack::{Field, FieldKind, Item, Pack, PeriodKind, catalog};
use bon_tot::rules::Verdict;
use bon_tot::seal::{SecretKey, Submission, seal};
use bon_tot::session::{EntryField, Section, Session};
use bon_tot::value::{AssessmentId, Date, Id, Instant};

/// Something to put into a control, by its test id.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Type a text.
    Text(String, String),
    /// Type a day, `YYYY-MM-DD`.
    Day(String, String),
    /// Pick a choice.
    Choice(String, String),
}

/// What to do at one item.
#[derive(Clone, Debug)]
pub struct ItemWork {
    /// Its id.
    pub id: String,
    /// What to put into its fields.
    pub fields: Vec<Entry>,
    /// Whether a person says *met*; otherwise a rule does.
    pub say_met: bool,
}

/// What to do in a whole form.
pub struct Work {
    /// The pack.
    pub pack: &'static str,
    /// Unit, period and facts.
    pub unit: Vec<Entry>,
    /// Items by criterion.
    pub criteria: Vec<(String, Vec<ItemWork>)>,
    /// Gates to declare.
    pub gates: Vec<String>,
    /// Adjustments, with how often they count.
    pub adjustments: Vec<(String, String)>,
    /// The vote, where there is one.
    pub vote: Vec<Entry>,
    /// The form that comes of it.
    pub form: Assessment,
}

/// The built-in pack with this id.
pub fn pack(id: &str) -> Rc<Pack> {
    Rc::new(catalog::by_id(id).unwrap().read().unwrap())
}

/// An id.
pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The name of the unit in every journey.
pub const UNIT: &str = "Chi bộ xóm Tân Sơn";
/// A reason or a note.
pub const DAY: &str = "2026-03-15";
const WORK_DONE: &str = "Đã cứng hóa 300 m đường, giúp 5 hộ nghèo sửa nhà";

/// A form in which everything is met.
pub fn everything_met(pack_id: &'static str) -> Work {
    // Ten comes first: ten of eleven is over every threshold of attendance, and no more than came.
    everything_met_by(pack_id, &["10", "12", "0", "120"])
}

/// The same, with the first of these numbers that meets each item.
pub fn everything_met_by(pack_id: &'static str, tried: &[&str]) -> Work {
    let pack = pack(pack_id);
    let kind =
        if pack.periods.contains(&PeriodKind::Year) { PeriodKind::Year } else { PeriodKind::Month };
    let (from, to) = match kind {
        PeriodKind::Year => ("2026-01-01", "2026-12-31"),
        _ => ("2026-10-01", "2026-10-31"),
    };
    let period = Period { kind, from: day(from), to: day(to) };
    let now = Instant::from_unix(1_795_000_000);
    let blank = Assessment::blank(&pack, AssessmentId::from_bits([7; 16]), period, now);
    let mut session = Session::open(Rc::clone(&pack), blank.unwrap()).unwrap();
    session.set_kind(Some(id("cell")), Some(id("village")));
    session.edit_unit(|unit| {
        unit.name = UNIT.into();
        unit.parent = "Đảng bộ xã Nghi Lâm".into();
        unit.superior = "Đảng ủy xã Nghi Lâm".into();
    });
    let mut unit = vec![
        Entry::Text("unit-name".into(), UNIT.into()),
        Entry::Text("unit-parent".into(), session.form().unit.parent.clone()),
        Entry::Text("unit-superior".into(), session.form().unit.superior.clone()),
        Entry::Choice("unit-level".into(), "cell".into()),
        Entry::Choice("unit-type".into(), "village".into()),
        Entry::Choice("period-kind".into(), kind.as_str().into()),
        Entry::Day("period-from".into(), from.into()),
        Entry::Day("period-to".into(), to.into()),
    ];
    let facts: BTreeMap<_, _> = [
        ("members_total", "17"),
        ("members_exempt", "6"),
        ("meetings_due", "12"),
        ("meetings_held", "12"),
    ]
    .into();
    for fact in &pack.facts {
        let value = facts.get(fact.id.as_str()).copied().unwrap_or("1");
        session.enter(EntryField::Fact(fact.id.clone()), value);
        unit.push(Entry::Text(format!("fact-{}", fact.id), value.into()));
    }
    let mut work = Work {
        pack: pack_id,
        unit,
        criteria: Vec::new(),
        gates: Vec::new(),
        adjustments: Vec::new(),
        vote: Vec::new(),
        form: session.form().clone(),
    };
    for section in session.sections() {
        match section {
            Section::Criterion(place) => {
                let items = session.items_of(place).into_iter();
                let items = items.map(|item| meet(&mut session, item, tried)).collect();
                work.criteria.push((session.section_name(section), items));
            }
            Section::Gates => {
                for place in session.declared_gates().collect::<Vec<_>>() {
                    let gate = &pack.gates[place].id;
                    session.set_gate(gate, Some(GateAnswer::default()));
                    work.gates.push(gate.to_string());
                }
            }
            Section::Adjustments => {
                for adjustment in &pack.adjustments {
                    session.enter(EntryField::Adjustment(adjustment.id.clone()), "1");
                    work.adjustments.push((adjustment.id.to_string(), "1".into()));
                }
            }
            Section::Vote => work.vote = vote(&mut session),
            Section::Unit | Section::Practices | Section::Review => {}
        }
    }
    work.form = session.form().clone();
    work
}

fn vote(session: &mut Session) -> Vec<Entry> {
    session.edit_vote(|vote| {
        vote.eligible = Some(11);
        vote.present = Some(10);
        vote.in_favour = Some(9);
        vote.method = Some(VoteMethod::ShowOfHands);
        vote.date = Some(day("2026-11-20"));
    });
    let text = |id: &str, value: &str| Entry::Text(format!("vote-{id}"), value.into());
    vec![
        text("eligible", "11"),
        text("present", "10"),
        text("in_favour", "9"),
        Entry::Choice("vote-method".into(), "show_of_hands".into()),
        Entry::Day("vote-date".into(), "2026-11-20".into()),
    ]
}

/// Fills the fields of an item and meets it: by numbers where a rule decides, in words otherwise.
fn meet(session: &mut Session, place: usize, tried: &[&str]) -> ItemWork {
    let pack = Rc::clone(session.pack());
    let item = &pack.items[place];
    for field in &item.fields {
        if let Some(value) = words_for(field) {
            session.set_field(&item.id, &field.id, Some(FieldValue::Text(value)));
        }
    }
    let numbers: Vec<&Field> = item
        .fields
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::Integer { .. }))
        .collect();
    let say_met = item.met_when.is_none();
    if say_met {
        session.set_verdict(&item.id, Some(AnswerVerdict::Met));
    }
    let met = try_numbers(session, item, place, &numbers, tried);
    assert!(met, "no numbers meet {}", item.id);
    let entry = |field: &Field| {
        let at = format!("field-{}-{}", item.id, field.id);
        let answer = &session.form().items[&item.id];
        match field.kind {
            FieldKind::Integer { .. } => {
                Entry::Text(at, answer.integer(&field.id).unwrap().to_string())
            }
            FieldKind::Text => Entry::Text(at, answer.text(&field.id).unwrap().into()),
            FieldKind::Date => Entry::Day(at, answer.text(&field.id).unwrap().into()),
            FieldKind::Choice(_) => Entry::Choice(at, answer.text(&field.id).unwrap().into()),
        }
    };
    ItemWork { id: item.id.to_string(), fields: item.fields.iter().map(entry).collect(), say_met }
}

fn words_for(field: &Field) -> Option<String> {
    match &field.kind {
        FieldKind::Integer { .. } => None,
        FieldKind::Text => Some(WORK_DONE.into()),
        FieldKind::Date => Some(DAY.into()),
        FieldKind::Choice(choices) => choices.get(1).map(|choice| choice.id.to_string()),
    }
}

/// Tries numbers until the item is met.
fn try_numbers(
    session: &mut Session,
    item: &Item,
    place: usize,
    fields: &[&Field],
    tried: &[&str],
) -> bool {
    let Some((field, rest)) = fields.split_first() else {
        let state = session.item(place).unwrap();
        return state.verdict == Verdict::Met && state.problems.is_empty();
    };
    tried.iter().any(|number| {
        session.enter(EntryField::Field(item.id.clone(), field.id.clone()), number);
        try_numbers(session, item, place, rest, tried)
    })
}

/// The form of some work as a file that was sealed elsewhere.
pub fn sealed_elsewhere(work: &Work) -> Submission {
    let mut form = work.form.clone();
    form.practices
        .push(Practice {
            title: "Camera an ninh".into(), text: "Lắp 12 camera do dân góp".into()
        });
    let key = SecretKey::from_seed(&[42; 32]);
    seal(&pack(work.pack), &form, &key, Instant::from_unix(1_795_000_000))
}
