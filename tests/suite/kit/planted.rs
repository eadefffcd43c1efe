//! Planted faults: each case is the clean pack with one change, and what must be found of it, where.

use bon_tot::kit::{Advice, Warning, analyse, review};
use bon_tot::pack::catalog::Catalog;
use bon_tot::pack::{Pack, lint};

const BASE: &str = include_str!("planted/base.json");

/// The name of the fault; what is replaced, by what; the code of the finding (`error` for one of the linter) and its place.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const CASES: &[Case] = &[
    // ---- errors
    ("unknown criterion", r#""id": "a2", "criterion": "C1""#, r#""id": "a2", "criterion": "C9""#, "error", "/items/1/criterion"),
    ("item twice", r#""id": "a2""#, r#""id": "a1""#, "error", "/items/1/id"),
    ("fact twice", r#""id": "exempt", "#, r#""id": "total", "#, "error", "/facts/1/id"),
    ("criterion twice", r#""id": "C2", "label""#, r#""id": "C1", "label""#, "error", "/criteria/1/id"),
    ("level twice", r#""id": "committee""#, r#""id": "cell""#, "error", "/levels/1/id"),
    ("gate twice", r#""id": "G2""#, r#""id": "G1""#, "error", "/gates/1/id"),
    ("adjustment twice", r#""id": "penalty""#, r#""id": "bonus""#, "error", "/adjustments/1/id"),
    ("field twice", r#"{"id": "due", "kind""#, r#"{"id": "done", "kind""#, "error", "/items/3/fields/1/id"),
    ("choice twice", r#"{"id": "part""#, r#"{"id": "full""#, "error", "/items/1/fields/0/choices/1/id"),
    ("unknown field", r#""met_when": {"in_period": {"field": "on"}}"#, r#""met_when": {"in_period": {"field": "off"}}"#, "error", "/items/2/met_when"),
    ("unknown fact in a check", r#"{"le": [{"fact": "exempt"}, "#, r#"{"le": [{"fact": "nobody"}, "#, "error", "/checks/0/when"),
    ("unknown choice", r#""in": ["full"]"#, r#""in": ["whole"]"#, "error", "/items/1/met_when"),
    ("number asked of a choice", r#"{"choice": {"field": "kind", "in": ["full"]}}"#, r#"{"ge": [{"field": "kind"}, 1]}"#, "error", "/items/1/met_when"),
    ("choice asked of a date", r#"{"in_period": {"field": "on"}}"#, r#"{"choice": {"field": "on", "in": ["full"]}}"#, "error", "/items/2/met_when"),
    ("period asked of a number", r#"{"given": {"field": "done"}}"#, r#"{"in_period": {"field": "done"}}"#, "error", "/items/3/met_when"),
    ("unknown item of a gate", r#""items": ["b1"]}"#, r#""items": ["b9"]}"#, "error", "/gates/1/items/0"),
    ("unknown full item", r#""full_items": ["b1"]"#, r#""full_items": ["b9"]"#, "error", "/points/bands/0/full_items/0"),
    ("full item without points", r#""met_when": {"in_period": {"field": "on"}}, "points": {"max": 5}"#, r#""met_when": {"in_period": {"field": "on"}}"#, "error", "/points/bands/0/full_items/0"),
    ("unknown eligible band", r#""eligible_bands": ["good", "fair"]"#, r#""eligible_bands": ["good", "best"]"#, "error", "/points/eligible_bands/1"),
    ("band behind a lower one", r#""at_least_bp": 0"#, r#""at_least_bp": 8000"#, "error", "/points/bands/2"),
    ("too many criteria required", r#""criteria_required": 2"#, r#""criteria_required": 3"#, "error", "/decision/criteria_required"),
    ("unknown level", r#""applies": ["cell:*"]"#, r#""applies": ["ward:*"]"#, "error", "/items/3/applies/0"),
    ("pack ends before it begins", r#""effective": {"from": "2026-01-01", "to": "2026-12-31"}"#, r#""effective": {"from": "2026-01-01", "to": "2025-12-31"}"#, "error", "/effective"),
    ("basis ends before it begins", r#"{"from": "2025-01-02", "to": null}"#, r#"{"from": "2025-01-02", "to": "2024-01-01"}"#, "error", "/legal_basis/0/in_force"),
    ("no period", r#""periods": ["year"]"#, r#""periods": []"#, "error", "/periods"),
    // ---- labels
    ("title without English", r#", "en": "Model""#, "", "no_english", "/title"),
    ("issuer without English", r#", "en": "Ourselves""#, "", "no_english", "/issuer"),
    ("note without English", r#", "en": "A proposal""#, "", "no_english", "/note"),
    ("level without English", r#", "en": "Committee""#, "", "no_english", "/levels/1/label"),
    ("type without English", r#", "en": "Village""#, "", "no_english", "/types/0/label"),
    ("fact without English", r#", "en": "Exempt""#, "", "no_english", "/facts/1/label"),
    ("check of the pack without English", r#", "en": "More exempt than total""#, "", "no_english", "/checks/0/message"),
    ("criterion without English", r#", "en": "Two""#, "", "no_english", "/criteria/1/label"),
    ("item without English", r#", "en": "Plan""#, "", "no_english", "/items/1/label"),
    ("help without English", r#", "en": "Book""#, "", "no_english", "/items/0/help"),
    ("field without English", r#", "en": "Done""#, "", "no_english", "/items/3/fields/0/label"),
    ("choice without English", r#", "en": "Part""#, "", "no_english", "/items/1/fields/0/choices/1/label"),
    ("check without English", r#", "en": "More present than due""#, "", "no_english", "/items/0/checks/0/message"),
    ("gate without English", r#", "en": "Discipline""#, "", "no_english", "/gates/0/label"),
    ("help of a gate without English", r#", "en": "See""#, "", "no_english", "/gates/0/help"),
    ("adjustment without English", r#", "en": "Bonus""#, "", "no_english", "/adjustments/0/label"),
    ("band without English", r#", "en": "Fair""#, "", "no_english", "/points/bands/1/label"),
    ("English that is blank", r#""en": "Visits""#, r#""en": "  ""#, "no_english", "/items/3/label"),
    // ---- parts of no form
    ("item in no form", r#""applies": ["cell:*"]"#, r#""applies": []"#, "in_no_form", "/items/3/applies"),
    ("gate in no form", r#""effect": "fail", "applies": ["*:*"]"#, r#""effect": "fail", "applies": []"#, "in_no_form", "/gates/0/applies"),
    ("adjustment in no form", r#""points": -2, "max_times": 2, "applies": ["*:*"]"#, r#""points": -2, "max_times": 2, "applies": []"#, "in_no_form", "/adjustments/1/applies"),
    ("check in no form", r#""id": "exempt_le_total", "applies": ["*:*"]"#, r#""id": "exempt_le_total", "applies": []"#, "in_no_form", "/checks/0/applies"),
    ("fact in no form", r#""min": 0, "max": 1000, "applies": ["*:*"]"#, r#""min": 0, "max": 1000, "applies": []"#, "in_no_form", "/facts/1/applies"),
    ("fact not asked of committees", r#""min": 0, "max": 1000, "applies": ["*:*"]"#, r#""min": 0, "max": 1000, "applies": ["cell:*"]"#, "fact_not_asked", "/items/0"),
    ("criterion without an item", r#""criteria": ["#, r#""criteria": [{"id": "C0", "label": {"vi": "Không", "en": "None"}, "others_percent": 0}, "#, "no_item", "/criteria/0"),
    ("criterion without an item for cells", r#""source": ["S2"], "applies": ["*:*"], "mandatory": true, "evidence""#, r#""source": ["S2"], "applies": ["cell:*"], "mandatory": true, "evidence""#, "no_item", "/criteria/1"),
    ("gate on an item of other forms", r#""effect": "pending", "applies": ["*:*"], "items": ["b1"]"#, r#""effect": "pending", "applies": ["committee:*"], "items": ["b2"]"#, "gate_item_elsewhere", "/gates/1/items/0"),
    ("gate in force after the pack", r#"{"from": "2025-06-01", "to": null}"#, r#"{"from": "2027-06-01", "to": null}"#, "gate_not_in_force", "/gates/0/in_force"),
    ("gate in force before the pack", r#"{"from": "2025-06-01", "to": null}"#, r#"{"from": null, "to": "2025-06-01"}"#, "gate_not_in_force", "/gates/0/in_force"),
    // ---- rules
    ("share of nothing", r#""na_when": {"eq": [{"fact": "total"}, {"fact": "exempt"}]},"#, "", "share_of_nothing", "/items/0/met_when/share"),
    ("share of nothing in a step", r#""na_when": {"eq": [{"fact": "total"}, {"fact": "exempt"}]},"#, "", "share_of_nothing", "/items/0/points/bands/0/when/share"),
    ("share of nothing within a rule", r#""min": 1, "max": 500"#, r#""min": 0, "max": 500"#, "share_of_nothing", "/items/3/met_when/all/1/share"),
    ("left out when something else is 0", r#""na_when": {"eq": [{"fact": "total"}, {"fact": "exempt"}]}"#, r#""na_when": {"eq": [{"fact": "exempt"}, 0]}"#, "share_of_nothing", "/items/0/met_when/share"),
    ("choice of nothing", r#""in": ["full"]"#, r#""in": []"#, "never_true", "/items/1/met_when"),
    ("choice of everything", r#""in": ["full"]"#, r#""in": ["full", "part"]"#, "never_false", "/items/1/met_when"),
    ("more asked than a field holds", r#"{"given": {"field": "done"}}"#, r#"{"gt": [{"field": "done"}, 500]}"#, "never_true", "/items/3/met_when"),
    ("left out never", r#""na_when": {"eq": [{"fact": "total"}, {"fact": "exempt"}]}"#, r#""na_when": {"lt": [{"fact": "total"}, {"fact": "exempt"}]}"#, "never_true", "/items/0/na_when"),
    ("left out always", r#""na_when": {"eq": [{"fact": "total"}, {"fact": "exempt"}]}"#, r#""na_when": {"ge": [{"fact": "total"}, {"fact": "exempt"}]}"#, "never_false", "/items/0/na_when"),
    ("step behind a wider one", r#""op": "gt", "percent": 95"#, r#""op": "gt", "percent": 80"#, "step_never_reached", "/items/0/points/bands/1/when"),
    ("step out of reach", r#""op": "gt", "percent": 95"#, r#""op": "gt", "percent": 100"#, "step_never_reached", "/items/0/points/bands/0/when"),
    ("check that never holds", r#"{"le": [{"field": "done"}, {"field": "due"}]}"#, r#"{"gt": [{"field": "done"}, 500]}"#, "check_never_holds", "/items/3/checks/0/when"),
    ("check that never fails", r#"{"le": [{"field": "done"}, {"field": "due"}]}"#, r#"{"le": [{"field": "done"}, 500]}"#, "check_never_fails", "/items/3/checks/0/when"),
    ("check of facts that never holds", r#"{"le": [{"fact": "exempt"}, {"fact": "total"}]}"#, r#"{"gt": [{"fact": "exempt"}, 1000]}"#, "check_never_holds", "/checks/0/when"),
    ("check of facts that never fails", r#"{"le": [{"fact": "exempt"}, {"fact": "total"}]}"#, r#"{"ge": [{"fact": "total"}, 1]}"#, "check_never_fails", "/checks/0/when"),
    // ---- points, vote, decision
    ("points that nobody counts", r#""points": {"scale": 1, "na": "drop", "adjustment_cap": {"up": 4, "down": 6}, "bands": [
 {"id": "good", "label": {"vi": "Tốt", "en": "Good"}, "at_least_bp": 9000, "full_items": ["b1"]},
 {"id": "fair", "label": {"vi": "Khá", "en": "Fair"}, "at_least_bp": 7000},
 {"id": "poor", "label": {"vi": "Kém", "en": "Poor"}, "at_least_bp": 0}], "eligible_bands": ["good", "fair"]}"#, r#""points": null"#, "points_not_counted", "/items/0/points"),
    ("bonus that the cap takes away", r#""up": 4"#, r#""up": 0"#, "adjustment_without_effect", "/adjustments/0"),
    ("penalty that the cap takes away", r#""down": 6"#, r#""down": 0"#, "adjustment_without_effect", "/adjustments/1"),
    ("bonus of nothing", r#""points": 2, "#, r#""points": 0, "#, "adjustment_without_effect", "/adjustments/0"),
    ("better band is not eligible", r#""eligible_bands": ["good", "fair"]"#, r#""eligible_bands": ["fair"]"#, "better_band_not_eligible", "/points/bands/0"),
    ("more points leave the eligible band", r#""eligible_bands": ["good", "fair"]"#, r#""eligible_bands": ["fair"]"#, "not_monotone", "/items/0"),
    ("every vote passes", r#""op": "gt", "num": 1"#, r#""op": "ge", "num": 0"#, "every_vote_passes", "/decision/vote"),
    ("no vote passes", r#""num": 1, "den": 2"#, r#""num": 2, "den": 2"#, "no_vote_passes", "/decision/vote"),
    ("no form is eligible, since no vote passes", r#""num": 1, "den": 2"#, r#""num": 2, "den": 2"#, "never_eligible", "/decision"),
    ("nothing required", r#""criteria_required": 2"#, r#""criteria_required": 0"#, "nothing_required", "/decision/criteria_required"),
    ("full points out of reach", r#""met_when": {"in_period": {"field": "on"}}"#, r#""met_when": {"all": [{"in_period": {"field": "on"}}, {"not": {"given": {"field": "on"}}}]}"#, "never_eligible", "/decision"),
    ("every answer fails a check", r#""in": ["full"]}}, "points": {"max": 5}"#, r#""in": ["full"]}}, "points": {"max": 5}, "checks": [{"id": "k", "when": {"lt": [{"fact": "total"}, 1]}, "severity": "error", "message": {"vi": "Sai", "en": "Wrong"}}]"#, "never_eligible", "/decision"),
    ("items that ask opposite things of a fact", r#""met_when": {"in_period": {"field": "on"}}"#, r#""na_when": {"lt": [{"fact": "total"}, {"fact": "exempt"}]}, "met_when": {"all": [{"in_period": {"field": "on"}}, {"lt": [{"fact": "total"}, {"fact": "exempt"}]}]}"#, "never_eligible", "/decision"),
    ("not met earns more than met", r#"{"max": 10, "bands": ["#, r#"{"max": 10, "bands": [{"when": {"share": {"of": {"field": "present"}, "in": {"sub": [{"fact": "total"}, {"fact": "exempt"}]}, "op": "lt", "percent": 50}}, "points": 9}, "#, "not_monotone", "/items/0"),
    ("points by numbers, verdict by hand", r#""met_when": {"choice": {"field": "kind", "in": ["full"]}}, "points": {"max": 5}"#, r#""points": {"max": 5, "bands": [{"when": {"choice": {"field": "kind", "in": ["full"]}}, "points": 5}]}"#, "not_monotone", "/items/1"),
];

fn read(text: &str) -> Pack {
    Pack::from_bytes(text.as_bytes()).unwrap()
}

/// Every error and warning: its code and its place.
fn found(pack: &Pack) -> Vec<(String, String)> {
    let own = review(pack);
    if !own.errors.is_empty() {
        return own.errors.into_iter().map(|error| ("error".to_owned(), error.pointer)).collect();
    }
    let all = own.warnings.into_iter().chain(analyse(pack).warnings(pack));
    all.map(|one| (one.what.code().to_owned(), one.pointer)).collect()
}

#[test]
fn the_clean_pack_has_no_fault() {
    assert_eq!(found(&read(BASE)), Vec::new());
}

#[test]
fn every_planted_fault_is_found_in_its_place() {
    assert!(CASES.len() >= 60, "{} cases", CASES.len());
    let mut missed = Vec::new();
    for (name, from, to, code, pointer) in CASES {
        assert_eq!(BASE.matches(from).count(), 1, "{name}: what is replaced stands there once");
        let found = found(&read(&BASE.replacen(from, to, 1)));
        let wanted = ((*code).to_owned(), (*pointer).to_owned());
        if !found.contains(&wanted) {
            missed.push(format!("{name}: {wanted:?} is not in {found:?}"));
        }
        let is_undecided = found.iter().any(|(code, _)| code.ends_with("_undecided"));
        assert!(!is_undecided, "{name}: {found:?}");
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn the_built_in_packs_have_no_error_and_no_warning() {
    let catalog = Catalog::built_in().unwrap();
    for pack in catalog.packs() {
        assert!(lint::errors(pack).is_empty(), "{}", pack.id);
        assert_eq!(found(pack), Vec::new(), "{}", pack.id);
    }
}

#[test]
fn witnesses_can_be_opened_and_show_it() {
    let (_, from, to, ..) =
        CASES.iter().find(|case| case.0 == "not met earns more than met").unwrap();
    let pack = read(&BASE.replacen(from, to, 1));
    let warnings = analyse(&pack).warnings(&pack);
    let [one] = &warnings[..] else { panic!("{warnings:?}") };
    let Warning::NotMonotone { before, after, how, .. } = &one.what else { panic!("{one:?}") };
    let outcomes = [before, after].map(|form| {
        bon_tot::form::check(&pack, form).unwrap();
        bon_tot::rules::outcome(&pack, form)
    });
    assert_eq!(bon_tot::kit::analysis::worse(&pack, &outcomes).as_ref(), Some(how));
    assert_eq!(how.to_string(), "the points fall from 9 to 7");
}

#[test]
fn advice_says_what_choices_cost() {
    let with = |changes: &[(&str, &str)]| {
        let change = |text: String, (from, to): &(&str, &str)| {
            assert_eq!(text.matches(from).count(), 1, "{from}");
            text.replacen(from, to, 1)
        };
        let pack = read(&changes.iter().fold(BASE.to_owned(), change));
        let advice = review(&pack).advice.into_iter();
        advice.map(|one| (one.what.code(), one.pointer)).collect::<Vec<_>>()
    };
    let has = |changes: &[(&str, &str)], code: &str, pointer: &str| {
        let found = with(changes);
        assert!(found.iter().any(|own| own.0 == code && own.1 == pointer), "{code}: {found:?}");
        assert!(changes.is_empty() || found != with(&[]), "{code}: said without the choice, too");
    };
    has(&[], "boundary", "/items/0/met_when/share");
    has(&[], "no_override", "/items");
    has(&[], "every_criterion", "/decision/criteria_required");
    has(
        &[(r#""allows_exception": true"#, r#""allows_exception": false"#)],
        "no_exception",
        "/gates/0/allows_exception",
    );
    has(&[(r#"{"from": "2025-06-01", "to": null}"#, "{}")], "fails_for_ever", "/gates/0/in_force");
    has(
        &[(
            r#""op": "gt", "percent": 85}},
  "points""#,
            r#""op": "ge", "percent": 100}},
  "points""#,
        )],
        "all_of_them",
        "/items/0/met_when",
    );
    has(
        &[(r#""eligible_bands": ["good", "fair"]"#, r#""eligible_bands": []"#)],
        "points_inform",
        "/points/eligible_bands",
    );
    has(
        &[(
            r#"{"id": "on", "kind": "date""#,
            r#"{"id": "n", "kind": "integer", "label": {"vi": "Số", "en": "n"}}, {"id": "on", "kind": "date""#,
        )],
        "unused_field",
        "/items/2/fields/0",
    );
    has(
        &[(
            r#""facts": ["#,
            r#""facts": [{"id": "idle", "label": {"vi": "Thừa", "en": "Idle"}, "min": 0, "max": 9, "applies": ["*:*"]}, "#,
        )],
        "unused_fact",
        "/facts/0",
    );
    has(
        &[
            (
                r#"{"id": "C1", "label": {"vi": "Một", "en": "One"}, "others_percent": 50}"#,
                r#"{"id": "C1", "label": {"vi": "Một", "en": "One"}, "others_percent": 100}"#,
            ),
            (
                r#""applies": ["*:*"], "mandatory": true, "override": false"#,
                r#""applies": ["*:*"], "override": false"#,
            ),
        ],
        "one_fails_all",
        "/criteria/0/others_percent",
    );
}

#[test]
fn the_boundary_names_the_least_numbers_that_hit_it() {
    let advice = review(&read(BASE)).advice;
    let boundary = advice.iter().find(|one| one.what.code() == "boundary").unwrap();
    assert!(matches!(boundary.what, Advice::Boundary { part: 17, whole: 20, percent: 85, .. }));
}
