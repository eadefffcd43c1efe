//! What changed between two packs: each single edit is told as exactly that change.

use bon_tot::json::{Json, PACK_LIMIT, parse};
use bon_tot::kit::diff::{Change, Deed, Kind, diff};
use bon_tot::pack::catalog;
use proptest::prelude::*;

fn built_in(place: usize) -> Json {
    parse(catalog::BUILT_IN[place].text.as_bytes(), PACK_LIMIT).unwrap()
}

fn members(json: &mut Json) -> &mut Vec<(String, Json)> {
    let Json::Object(members) = json else { unreachable!("an object") };
    members
}

fn member<'a>(json: &'a mut Json, name: &str) -> &'a mut Json {
    &mut members(json).iter_mut().find(|(own, _)| own == name).unwrap().1
}

fn list<'a>(json: &'a mut Json, name: &str) -> &'a mut Vec<Json> {
    let Json::List(values) = member(json, name) else { unreachable!("a list") };
    values
}

fn set(json: &mut Json, name: &str, value: Json) {
    json.remove(name);
    members(json).push((name.to_owned(), value));
}

fn text(json: &Json, name: &str) -> String {
    json.get(name).and_then(Json::as_text).unwrap().to_owned()
}

fn elements(json: &Json, name: &str) -> usize {
    match json.get(name) {
        Some(Json::List(values)) => values.len(),
        _ => 0,
    }
}

/// Where the first percentage in a rule stands.
fn percent(rule: &Json) -> Option<Vec<String>> {
    let steps: Vec<(String, &Json)> = match rule {
        Json::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), value)).collect()
        }
        Json::List(values) => {
            values.iter().enumerate().map(|(place, value)| (place.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    steps.into_iter().find_map(|(step, value)| match value {
        Json::Int(_) => (step == "percent").then(|| vec![step]),
        value => percent(value).map(|rest| [vec![step], rest].concat()),
    })
}

fn at<'a>(json: &'a mut Json, path: &[String]) -> &'a mut Json {
    path.iter().fold(json, |json, step| match json {
        Json::List(values) => &mut values[step.parse::<usize>().unwrap()],
        object => member(object, step),
    })
}

/// Where an edit is, what it is, and whether it matters.
type Expected = (Vec<(Kind, String)>, Deed, bool);

/// Makes one edit; says where and what, and whether it matters. `None` where the pack has no place for it.
fn edit(pack: &mut Json, kind: usize, pick: usize) -> Option<Expected> {
    let count = elements(pack, "items");
    let place = pick % count;
    let id = text(&list(pack, "items")[place], "id");
    let item = vec![(Kind::Item, id.clone())];
    let of = |name: &str, before: Option<Json>, after: Option<Json>| Deed::Member {
        member: name.to_owned(),
        before,
        after,
    };
    let number =
        |name: &str, before, after| Deed::Number { member: name.to_owned(), before, after };
    let one = &mut list(pack, "items")[place];
    match kind {
        0 => {
            let before = one.get("label").cloned();
            set(member(one, "label"), "vi", "Câu khác".into());
            Some((item, of("label", before, one.get("label").cloned()), false))
        }
        1 => {
            let rules = ["met_when", "na_when"].into_iter();
            let path = rules
                .filter_map(|rule| {
                    let path = percent(one.get(rule)?)?;
                    Some([vec![rule.to_owned()], path].concat())
                })
                .next()?;
            let value = at(one, &path);
            let Json::Int(before) = *value else { unreachable!("a number") };
            *value = Json::Int(before + 1);
            Some((item, number(&path.join("/"), before, before + 1), true))
        }
        2 => {
            let value = list(pack, "items").remove(place);
            Some((item, Deed::Removed { value }, true))
        }
        3 => {
            let mut value = one.clone();
            set(&mut value, "id", "new".into());
            set(&mut value, "label", Json::from([("vi", "Câu mới".into())]));
            list(pack, "items").insert(place, value.clone());
            Some((vec![(Kind::Item, "new".to_owned())], Deed::Added { value }, true))
        }
        4 => {
            let before = text(one, "criterion");
            let criteria = list(pack, "criteria");
            let after = criteria.iter().map(|own| text(own, "id")).find(|own| *own != before)?;
            set(&mut list(pack, "items")[place], "criterion", after.as_str().into());
            Some((item, Deed::Moved { before, after }, true))
        }
        5 => {
            set(one, "id", "new".into());
            Some((vec![(Kind::Item, "new".to_owned())], Deed::Renumbered { before: id }, true))
        }
        6 => {
            let flag = Json::Bool(true);
            let is_set = one.get("mandatory") == Some(&flag);
            set(one, "mandatory", Json::Bool(!is_set));
            let (before, after) = if is_set { (Some(flag), None) } else { (None, Some(flag)) };
            Some((item, of("mandatory", before, after), true))
        }
        7 => {
            let before = one.get("applies").cloned();
            let after = Json::List(vec!["nowhere:*".into()]);
            set(one, "applies", after.clone());
            Some((item, of("applies", before, Some(after)), true))
        }
        8 => {
            let value = Json::from([
                ("id", "new".into()),
                ("kind", "text".into()),
                ("label", Json::from([("vi", "Ô mới".into())])),
            ]);
            if one.get("fields").is_none() {
                set(one, "fields", Json::List(Vec::new()));
            }
            list(one, "fields").push(value.clone());
            Some((
                [item, vec![(Kind::Field, "new".to_owned())]].concat(),
                Deed::Added { value },
                true,
            ))
        }
        9 => {
            let fields = elements(one, "fields");
            let value = (fields > 0).then(|| list(one, "fields").remove(pick % fields))?;
            let part = [item, vec![(Kind::Field, text(&value, "id"))]].concat();
            Some((part, Deed::Removed { value }, true))
        }
        10 => {
            let to = (place + count / 2) % count;
            let own = list(pack, "items").remove(place);
            list(pack, "items").insert(to, own);
            // Of two neighbours it cannot be said which one moved.
            (place.abs_diff(to) > 1).then_some((
                item,
                Deed::Reordered { before: place, after: to },
                false,
            ))
        }
        11 => {
            let before = pack.get("title").cloned();
            let after = Json::from([("vi", "Tên khác".into())]);
            set(pack, "title", after.clone());
            Some((Vec::new(), of("title", before, Some(after)), false))
        }
        12 => {
            let value = member(member(pack, "decision"), "criteria_required");
            let Json::Int(before) = *value else { unreachable!("a number") };
            *value = Json::Int(before + 1);
            Some((Vec::new(), number("decision/criteria_required", before, before + 1), true))
        }
        13 => {
            let count = elements(pack, "criteria");
            let one = &mut list(pack, "criteria")[pick % count];
            let part = vec![(Kind::Criterion, text(one, "id"))];
            let Json::Int(before) = *member(one, "others_percent") else {
                unreachable!("a number")
            };
            set(one, "others_percent", Json::Int(before - 1));
            Some((part, number("others_percent", before, before - 1), true))
        }
        14 => {
            // The items of the criterion name its new id, which is no change of theirs.
            let count = elements(pack, "criteria");
            let one = &mut list(pack, "criteria")[pick % count];
            let before = text(one, "id");
            set(one, "id", "new".into());
            for item in list(pack, "items") {
                if text(item, "criterion") == before {
                    set(item, "criterion", "new".into());
                }
            }
            Some((vec![(Kind::Criterion, "new".to_owned())], Deed::Renumbered { before }, true))
        }
        15 => {
            let count = elements(pack, "gates");
            let value = (count > 0).then(|| list(pack, "gates").remove(pick % count))?;
            Some((vec![(Kind::Gate, text(&value, "id"))], Deed::Removed { value }, true))
        }
        16 => {
            let count = elements(pack, "facts");
            let one = list(pack, "facts").get_mut(pick % count.max(1))?;
            let part = vec![(Kind::Fact, text(one, "id"))];
            let Json::Int(before) = *member(one, "max") else { unreachable!("a number") };
            set(one, "max", Json::Int(before + 1));
            Some((part, number("max", before, before + 1), true))
        }
        17 => {
            let checks = elements(one, "checks");
            let value = (checks > 0).then(|| list(one, "checks").remove(pick % checks))?;
            let is_error = text(&value, "severity") == "error";
            let part = [item, vec![(Kind::ItemCheck, text(&value, "id"))]].concat();
            Some((part, Deed::Removed { value }, is_error))
        }
        18 => {
            let before = one.get("help").cloned();
            let after = Json::from([("vi", "Gợi ý khác".into())]);
            set(one, "help", after.clone());
            Some((item, of("help", before, Some(after)), false))
        }
        19 => {
            let scheme = pack.get("points").is_some_and(|own| *own != Json::Null);
            let value = member(scheme.then(|| member(pack, "points"))?, "na");
            let before = value.clone();
            let after = if before.as_text() == Some("drop") { "full" } else { "drop" };
            *value = after.into();
            Some((Vec::new(), of("points/na", Some(before), Some(after.into())), true))
        }
        20 => {
            let points = one.get("points").is_some();
            let value = member(points.then(|| member(one, "points"))?, "max");
            let Json::Int(before) = *value else { unreachable!("a number") };
            *value = Json::Int(before + 1);
            Some((item, number("points/max", before, before + 1), true))
        }
        _ => {
            let before =
                member(pack, "effective").get("to").cloned().filter(|own| *own != Json::Null);
            set(member(pack, "effective"), "to", "2099-12-31".into());
            Some((Vec::new(), of("effective/to", before, Some("2099-12-31".into())), false))
        }
    }
}

const EDITS: usize = 22;

#[test]
fn a_pack_does_not_differ_from_itself() {
    for place in 0..catalog::BUILT_IN.len() {
        assert_eq!(diff(&built_in(place), &built_in(place)), []);
    }
}

/// Else the property below would prove less than it says.
#[test]
fn every_edit_finds_a_place() {
    for kind in 0..EDITS {
        let made = (0..2).flat_map(|place| (0..40).map(move |pick| (place, pick)));
        let found = made.filter(|(place, pick)| edit(&mut built_in(*place), kind, *pick).is_some());
        assert!(found.count() > 0, "{kind}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_single_edit_is_told_as_exactly_that_change(place in 0usize..2, kind in 0..EDITS, pick in 0usize..1000) {
        let before = built_in(place);
        let mut after = before.clone();
        if let Some((part, deed, matters)) = edit(&mut after, kind, pick) {
            let found = diff(&before, &after);
            prop_assert_eq!(found.len(), 1, "{:?}", found.iter().map(Change::to_string).collect::<Vec<_>>());
            prop_assert_eq!(&found[0].part.0, &part);
            prop_assert_eq!(&found[0].deed, &deed);
            prop_assert_eq!(found[0].matters(), matters);
            prop_assert!(!found[0].to_string().is_empty());
        }
    }

    /// Two edits of different items are two changes, in the order of the pack.
    #[test]
    fn changes_stand_in_the_order_of_the_pack(a in 0usize..500, b in 0usize..500) {
        let before = built_in(0);
        let count = elements(&before, "items");
        prop_assume!(a % count != b % count);
        let mut after = before.clone();
        for pick in [a, b] {
            edit(&mut after, 6, pick).unwrap();
        }
        let found: Vec<_> = diff(&before, &after).iter().map(|own| own.part.item().unwrap().to_owned()).collect();
        let mut items = before;
        let items: Vec<_> = list(&mut items, "items").iter().map(|own| text(own, "id")).collect();
        let mut expected = [a % count, b % count];
        expected.sort_unstable();
        prop_assert_eq!(found, expected.map(|place| items[place].clone()));
    }
}

#[test]
fn an_item_that_is_put_in_between_does_not_change_those_behind_it() {
    let before = built_in(0);
    let mut after = before.clone();
    let items = list(&mut after, "items");
    let mut new = items[3].clone();
    set(&mut new, "label", Json::from([("vi", "Câu mới".into())]));
    let ids: Vec<_> = items.iter().map(|own| text(own, "id")).collect();
    // The new item takes the number of the third, and each behind it the next one of its criterion.
    items.insert(2, new);
    set(&mut items[2], "id", ids[2].as_str().into());
    set(&mut items[3], "id", ids[3].as_str().into());
    set(&mut items[4], "id", "1.03b".into());
    let told: Vec<_> = diff(&before, &after).iter().map(Change::to_string).collect();
    assert_eq!(
        told,
        [
            format!("item {} is new: \"Câu mới\"", ids[2]),
            format!("item {} was called {} before", ids[3], ids[2]),
            format!("item 1.03b was called {} before", ids[3]),
        ]
    );
}

#[test]
fn what_stands_there_by_default_is_no_change() {
    let before = built_in(0);
    let mut after = before.clone();
    for item in list(&mut after, "items") {
        if item.get("mandatory").is_none() {
            set(item, "mandatory", Json::Bool(false));
        }
        if item.get("evidence").is_none() {
            set(item, "evidence", "none".into());
        }
    }
    assert_ne!(before, after);
    assert_eq!(diff(&before, &after), []);
}

#[test]
fn sentences_say_what_a_threshold_was_and_is() {
    let before = built_in(0);
    let mut after = before.clone();
    let (_, deed, _) = (0..100).find_map(|pick| edit(&mut after, 1, pick)).unwrap();
    let Deed::Number { before: was, after: is, .. } = deed else { unreachable!("a number") };
    let told = diff(&before, &after)[0].to_string();
    assert!(told.ends_with(&format!("percent goes from {was} to {is}")), "{told}");
}
