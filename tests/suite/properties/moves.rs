//! What holds of every form that is moved to a newer version of its pack: nothing is lost, nothing is made up, and undone
//! it is byte for byte what it was.

use std::rc::Rc;

use bon_tot::form::{Answer, Assessment};
use bon_tot::json::{Map, from_json};
use bon_tot::pack::Pack;
use bon_tot::session::{EntryField, Session, SetAside};
use bon_tot::store::Draft;
use proptest::prelude::*;
use proptest::sample::subsequence;

use super::cases;
use super::forms::{fill, filling, id};
use super::generate::{Rules, pack_text};

/// What a newer version may do besides having other items, rules and gates.
const CHANGES: [(&str, &str); 7] = [
    (r#""max":30"#, r#""max":12"#),
    (r#""max":30"#, r#""max":60"#),
    (r#""id":"y""#, r#""id":"w""#),
    (r#""id":"cell""#, r#""id":"base""#),
    (r#""kind":"text""#, r#""kind":"date""#),
    (r#""max_times":3"#, r#""max_times":1"#),
    (r#""periods":["year"]"#, r#""periods":["month"]"#),
];

/// Is each member of a map in one of two others, and nothing else in them?
fn divided<K: Ord + Clone, V: PartialEq + Clone>(
    all: &Map<K, V>,
    kept: &Map<K, V>,
    left: &Map<K, V>,
) -> bool {
    let has = |map: &Map<K, V>, key: &K, value: &V| map.get(key) == Some(value);
    all.iter().all(|(key, value)| has(kept, key, value) != has(left, key, value))
        && kept.iter().chain(left.iter()).all(|(key, value)| has(all, key, value))
}

fn answer_is_divided(answer: &Answer, kept: &Answer, left: &Answer) -> bool {
    let text =
        |all: &str, kept: &str, left: &str| (kept, left) == (all, "") || (kept, left) == ("", all);
    divided(&answer.fields, &kept.fields, &left.fields)
        && [kept.verdict, left.verdict].into_iter().flatten().eq(answer.verdict)
        && text(&answer.reason, &kept.reason, &left.reason)
        && text(&answer.evidence, &kept.evidence, &left.evidence)
        && [&kept.attachments[..], &left.attachments[..]].concat() == answer.attachments
}

fn check_nothing_lost(before: &Assessment, after: &Assessment, aside: &SetAside) {
    assert!(divided(&before.facts, &after.facts, &aside.facts));
    assert!(divided(&before.adjustments, &after.adjustments, &aside.adjustments));
    let blank = Answer::default();
    for (id, answer) in &before.items {
        let (kept, left) = (after.items.get(id), aside.items.get(id));
        assert!(kept.is_some() || left.is_some(), "{id}");
        let (kept, left) = (kept.unwrap_or(&blank), left.unwrap_or(&blank));
        assert!(answer_is_divided(answer, kept, left), "{answer:?} {kept:?} {left:?}");
    }
    let is_known = |id| before.items.contains_key(id);
    assert!(after.items.keys().chain(aside.items.keys()).all(is_known));
    for (id, answer) in &before.gates {
        let (kept, left) = (after.gates.get(id), aside.gates.get(id));
        assert!(kept == Some(answer) || left == Some(answer), "{id}");
    }
    let is_known = |id| before.gates.contains_key(id);
    assert!(after.gates.keys().chain(aside.gates.keys()).all(is_known));
    assert_eq!(aside.level.as_ref().unwrap_or(&after.unit.level), &before.unit.level);
    assert_eq!(aside.unit_type.as_ref().unwrap_or(&after.unit.unit_type), &before.unit.unit_type);
    assert_eq!(aside.period.unwrap_or(after.period), before.period);
    // All else is as it was.
    let mut rest = after.clone();
    rest.pack = before.pack.clone();
    rest.unit = before.unit.clone();
    rest.period = before.period;
    rest.facts = before.facts.clone();
    rest.items = before.items.clone();
    rest.gates = before.gates.clone();
    rest.adjustments = before.adjustments.clone();
    assert_eq!(&rest, before);
}

fn newer(text: &str, changes: &[(&str, &str)]) -> Rc<Pack> {
    let mut text = text.replace(r#""version":"1.0.0""#, r#""version":"1.1.0""#);
    for (from, to) in changes {
        text = text.replace(from, to);
    }
    Rc::new(Pack::from_bytes(text.as_bytes()).unwrap())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_form_that_is_moved_loses_nothing_and_comes_back_as_it_was(
        one in pack_text(Rules::Some),
        other in pack_text(Rules::Some),
        is_same in any::<bool>(),
        changes in subsequence(CHANGES.to_vec(), 0..=CHANGES.len()),
        filling in filling(),
        typed in subsequence(vec![("n", "1o"), ("n", "45"), ("i0", "45"), ("i1", "x")], 0..=4),
    ) {
        let pack = Rc::new(Pack::from_bytes(one.as_bytes()).unwrap());
        let to = newer(if is_same { &one } else { &other }, &changes);
        // As it was read: a record holds no blank text.
        let form = Draft::from_text(&Draft::new(fill(&pack, &filling)).to_text()).unwrap().form;
        let mut session = Session::open(pack.clone(), form).unwrap();
        for (part, text) in typed {
            let field = match part {
                "n" => EntryField::Fact(pack.facts[0].id.clone()),
                item => EntryField::Field(id(item), id("a")),
            };
            session.enter(field, text);
        }
        let before = Draft::of(&session);
        let upgrade = session.upgrade(&to).unwrap();
        let (then, now) = upgrade.verdict;
        prop_assert_eq!((then, now), (session.verdict(), upgrade.session().verdict()));
        // What was no value may be one by the newer version; that is looked at below.
        let mut after = upgrade.session().form().clone();
        for field in session.typed().keys() {
            match field {
                EntryField::Fact(id) => after.facts.set(id.clone(), None),
                EntryField::Field(item, field) if after.items.contains_key(item) => {
                    let answer = after.items.get_mut(item).unwrap();
                    answer.fields.set(field.clone(), None);
                    let was_here = session.form().items.contains_key(item);
                    after.items.retain(|own, answer| own != item || was_here || !answer.is_empty());
                }
                _ => {}
            }
        }
        check_nothing_lost(session.form(), &after, &upgrade.set_aside);
        for (field, text) in session.typed() {
            let left = upgrade.set_aside.typed.get(&field.to_text());
            prop_assert!(left == Some(text) || upgrade.session().entry(field) == *text);
        }
        if is_same && changes.is_empty() {
            prop_assert!(upgrade.set_aside.is_empty());
            prop_assert!(upgrade.new.is_empty() && upgrade.changed.is_empty());
        }
        let aside = upgrade.set_aside.clone();
        let mut moved = Draft::new(session.form().clone());
        moved.move_to(upgrade);
        // As a record it reads back, with all that was set aside.
        let read = Draft::from_text(&moved.to_text()).unwrap();
        prop_assert_eq!(&read, &moved);
        let kept = read.set_aside.first().map(|own| from_json::<SetAside>(own).unwrap());
        prop_assert_eq!(kept.as_ref(), (!aside.is_empty()).then_some(&aside));
        let mut packs = bon_tot::pack::catalog::Catalog::usual().unwrap();
        packs.add(Pack::clone(&pack));
        packs.add(Pack::clone(&to));
        let mut session = read.open(&packs).unwrap();
        prop_assert_eq!(Draft::of(&session).form, moved.form);
        // Undone, it is what it was.
        session.return_to(before.open(&packs).unwrap());
        prop_assert_eq!(Draft::of(&session).to_text(), before.to_text());
    }
}
