//! Changes of a pack that is being written, and the way back.

use bon_tot::json::{Json, canonical, parse};
use bon_tot::kit::{Document, Kind, blank, free_id, next_version, remove, rename, rename_field};
use bon_tot::pack::catalog::BUILT_IN;
use bon_tot::pack::{Pack, lint};
use bon_tot::value::{Id, Version};
use proptest::prelude::*;

fn usual() -> Document {
    Document::new(parse(BUILT_IN[0].text.as_bytes(), 1 << 20).unwrap())
}

/// The same but for the order of members, which no reader looks at.
fn is_same(one: &Json, other: &Json) -> bool {
    canonical(one) == canonical(other)
}

#[test]
fn a_blank_pack_has_no_errors() {
    let mut blank = Document::new(blank::new(&blank::Start {
        id: &Id::new("thi-diem").unwrap(),
        version: &Version::new("0.1.0").unwrap(),
        title: "",
        levels: &[],
        types: &[],
    }));
    blank.set("/title/vi", Some("Bộ tiêu chí thí điểm".into()));
    blank.set("/title/en", Some("Pilot criteria".into()));
    let pack = Pack::from_json(blank.json()).unwrap();
    assert_eq!(lint::errors(&pack), []);
}

#[test]
fn what_is_typed_at_one_place_is_one_step() {
    let mut document = usual();
    let before = document.clone();
    for title in ["B", "Bộ", "Bộ mới"] {
        document.set("/title/vi", Some(title.into()));
    }
    document.rest();
    document.set("/title/vi", Some("Bộ khác".into()));
    document.set("/title/vi", Some("Bộ khác".into()));
    assert_eq!(document.undo().as_deref(), Some("/title/vi"));
    assert_eq!(document.text("/title/vi"), "Bộ mới");
    assert_eq!(document.undo().as_deref(), Some("/title/vi"));
    assert_eq!(document.json(), before.json());
    assert!(!document.can_undo() && document.undo().is_none());
    document.redo().unwrap();
    document.redo().unwrap();
    assert!(!document.can_redo());
    assert_eq!(document.text("/title/vi"), "Bộ khác");
}

#[test]
fn references_follow_an_id() {
    let mut document = usual();
    let before = document.clone();
    let index = |document: &Document, list: &str, id: &str| {
        document
            .list(list)
            .iter()
            .position(|own| own.get("id").and_then(Json::as_text) == Some(id))
            .unwrap()
    };
    let (total, item) =
        (index(&document, "/facts", "members_total"), index(&document, "/items", "2.08"));
    rename(&mut document, Kind::Fact, total, "members");
    rename(&mut document, Kind::Item, item, "2.88");
    rename(&mut document, Kind::Criterion, 1, "D2");
    rename(&mut document, Kind::Level, 0, "party_cell");
    rename(&mut document, Kind::Type, 0, "hamlet");
    rename_field(&mut document, &format!("/items/{item}"), 0, "there");
    let text = canonical(document.json());
    for gone in [r#""members_total""#, r#""2.08""#, r#""C2""#, r#""cell:"#, r#""field":"present""#]
    {
        assert!(canonical(before.json()).contains(gone), "{gone}");
        assert!(!text.contains(gone), "{gone}");
    }
    assert_eq!(lint::errors(&Pack::from_json(document.json()).unwrap()), []);
    while document.undo().is_some() {}
    assert!(is_same(document.json(), before.json()));
}

#[test]
fn what_is_removed_leaves_no_reference() {
    let mut document = usual();
    let before = document.clone();
    remove(&mut document, Kind::Criterion, 0);
    remove(&mut document, Kind::Type, 0);
    document.change("/decision", |edit| edit.set("/decision/criteria_required", Some(3.into())));
    let errors = lint::errors(&Pack::from_json(document.json()).unwrap());
    assert_eq!(errors, []);
    assert!(
        document
            .list("/items")
            .iter()
            .all(|item| item.get("criterion").and_then(Json::as_text) != Some("C1"))
    );
    while document.undo().is_some() {}
    assert!(is_same(document.json(), before.json()));
}

#[test]
fn ids_and_versions_follow() {
    let usual = usual();
    assert_eq!(free_id(usual.json(), "/gates", "G"), "G07");
    assert_eq!(next_version("1.0.3", true).as_deref(), Some("1.1.0"));
    assert_eq!(next_version("1.0.3", false).as_deref(), Some("1.0.4"));
    assert_eq!(next_version("1.2.0-draft", true).as_deref(), Some("1.2.0"));
    assert_eq!(next_version("1.2", true), None);
}

/// One change, by numbers that are taken modulo what there is.
#[derive(Clone, Debug)]
enum Deed {
    Set(usize, String),
    Unset(usize),
    Push(usize),
    Remove(usize, usize),
    Shift(usize, usize, usize),
    Rename(usize, usize, String),
    RemoveWhole(usize, usize),
    Undo,
    Redo,
}

fn deed() -> impl Strategy<Value = Deed> {
    let n = 0usize..100;
    prop_oneof![
        (n.clone(), "[a-z]{0,3}").prop_map(|(at, text)| Deed::Set(at, text)),
        n.clone().prop_map(Deed::Unset),
        n.clone().prop_map(Deed::Push),
        (n.clone(), n.clone()).prop_map(|(list, at)| Deed::Remove(list, at)),
        (n.clone(), n.clone(), n.clone()).prop_map(|(list, from, to)| Deed::Shift(list, from, to)),
        (n.clone(), n.clone(), "[a-z]{1,2}").prop_map(|(kind, at, id)| Deed::Rename(kind, at, id)),
        (n.clone(), n).prop_map(|(kind, at)| Deed::RemoveWhole(kind, at)),
        Just(Deed::Undo),
        Just(Deed::Redo),
    ]
}

const KINDS: [Kind; 9] = [
    Kind::Level,
    Kind::Type,
    Kind::Fact,
    Kind::Check,
    Kind::Criterion,
    Kind::Item,
    Kind::Gate,
    Kind::Adjustment,
    Kind::Band,
];

fn run(document: &mut Document, deed: &Deed) {
    let places = [
        "/title/vi",
        "/note",
        "/items/3/label/en",
        "/items/700/label/en",
        "/points",
        "/decision/vote",
        "/nothing/here",
        "/items/2",
    ];
    let kind = |n: usize| KINDS[n % KINDS.len()];
    match deed {
        Deed::Set(at, text) => document.set(places[at % places.len()], Some(text.as_str().into())),
        Deed::Unset(at) => document.set(places[at % places.len()], None),
        Deed::Push(list) => document.change("", |edit| edit.push(kind(*list).list(), "x".into())),
        Deed::Remove(list, at) => document.change("", |edit| edit.remove(kind(*list).list(), *at)),
        Deed::Shift(list, from, to) => {
            document.change("", |edit| edit.shift(kind(*list).list(), *from, *to))
        }
        Deed::Rename(list, at, id) => rename(document, kind(*list), *at, id),
        Deed::RemoveWhole(list, at) => remove(document, kind(*list), *at),
        Deed::Undo => _ = document.undo(),
        Deed::Redo => _ = document.redo(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_change_is_undone_and_redone(deeds in prop::collection::vec(deed(), 0..40)) {
        let mut document = usual();
        let first = document.json().clone();
        for deed in &deeds {
            run(&mut document, deed);
        }
        let last = document.json().clone();
        while document.undo().is_some() {}
        prop_assert!(is_same(document.json(), &first));
        while document.redo().is_some() {}
        // What was taken back before the end is done again as well.
        if !deeds.iter().any(|deed| matches!(deed, Deed::Undo)) {
            prop_assert!(is_same(document.json(), &last));
        }
    }
}

#[test]
fn a_gate_never_changes_its_meaning_silently() {
    let mut document = usual();
    document.set("/gates/0/items", Some(vec!["1.01".into(), "1.02".into()].into()));
    let items = |document: &Document| document.list("/gates/0/items").to_vec();
    // One of two goes with its item; the last one stays, and the linter says that it is nothing.
    remove(&mut document, Kind::Item, 0);
    assert_eq!(items(&document), ["1.02".into()]);
    remove(&mut document, Kind::Item, 0);
    assert_eq!(items(&document), ["1.02".into()]);
    let errors = lint::errors(&Pack::from_json(document.json()).unwrap());
    assert_eq!(errors[0].pointer, "/gates/0/items/0");
}

#[test]
fn nothing_follows_an_id_that_another_one_has() {
    let mut document = usual();
    document.set("/gates/0/items", Some(vec!["1.02".into()].into()));
    let gate = |document: &Document| document.list("/gates/0/items").to_vec();
    rename(&mut document, Kind::Item, 1, "1.01");
    assert_eq!(gate(&document), ["1.02".into()]);
    // Corrected, it means what it meant.
    rename(&mut document, Kind::Item, 1, "1.02");
    assert_eq!(gate(&document), ["1.02".into()]);
    assert_eq!(lint::errors(&Pack::from_json(document.json()).unwrap()), []);
}
