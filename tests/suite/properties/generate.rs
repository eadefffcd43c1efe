//! Random packs, and random JSON. Every item has the same fields and every pack the same facts, so
//! that any condition fits any item.

use bon_tot::json::{INTEGER_MAX, Json, canonical};
use bon_tot::pack::Pack;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub const FIELDS: [&str; 2] = ["a", "b"];
pub const FACTS: [&str; 2] = ["n", "m"];

fn object(members: Vec<(&str, Json)>) -> Json {
    let members = members.into_iter();
    Json::Object(members.map(|(name, value)| (name.to_owned(), value)).collect())
}

fn one(name: &str, value: impl Into<Json>) -> Json {
    Json::from([(name, value.into())])
}

fn label(text: &str) -> Json {
    one("vi", text)
}

fn words(words: &[&str]) -> Json {
    Json::List(words.iter().map(|word| (*word).into()).collect())
}

fn expr() -> impl Strategy<Value = Json> {
    let leaf = || {
        prop_oneof![
            (-5i64..25).prop_map(Json::Int),
            select(&FIELDS[..]).prop_map(|field| one("field", field)),
            select(&FACTS[..]).prop_map(|fact| one("fact", fact)),
        ]
    };
    let product = (leaf(), -3i64..4)
        .prop_map(|(factor, constant)| one("mul", vec![factor, Json::Int(constant)]));
    let term = prop_oneof![3 => leaf(), 1 => product];
    term.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(|terms| one("add", terms)),
            vec(inner, 2).prop_map(|sides| one("sub", sides)),
        ]
    })
}

/// A condition in which every blank is unknown.
pub fn comparison() -> impl Strategy<Value = Json> {
    let op = select(&["eq", "ne", "lt", "le", "gt", "ge"][..]);
    let share_op = select(&["lt", "le", "gt", "ge"][..]);
    let share = (expr(), expr(), share_op, 0i64..150).prop_map(|(of, within, op, percent)| {
        let share =
            vec![("of", of), ("in", within), ("op", op.into()), ("percent", percent.into())];
        one("share", object(share))
    });
    let lists: Vec<&[&str]> = vec![&["x"], &["x", "y"], &[]];
    let choice = select(lists)
        .prop_map(|among| one("choice", object(vec![("field", "c".into()), ("in", words(among))])));
    prop_oneof![(op, vec(expr(), 2)).prop_map(|(op, sides)| one(op, sides)), share, choice]
}

/// A condition, nested a little, of such leaves.
pub fn condition(leaf: BoxedStrategy<Json>) -> impl Strategy<Value = Json> {
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|all| one("all", all)),
            vec(inner.clone(), 0..4).prop_map(|any| one("any", any)),
            inner.prop_map(|inner| one("not", inner)),
        ]
    })
}

fn any_condition() -> impl Strategy<Value = Json> {
    let given =
        select(&["a", "c", "t", "d"][..]).prop_map(|field| one("given", one("field", field)));
    condition(prop_oneof![4 => comparison(), 1 => given].boxed())
}

fn applies() -> impl Strategy<Value = Json> {
    let lists: [&[&str]; 4] = [&["*:*"], &["cell:*"], &["committee:y", "*:z"], &[]];
    prop_oneof![5 => Just(lists[0]), 1 => select(lists.to_vec())].prop_map(words)
}

fn fields(required: [bool; 5]) -> Json {
    let kinds = [("a", "integer"), ("b", "integer"), ("c", "choice"), ("t", "text"), ("d", "date")];
    let field = |((name, kind), required): ((&str, &str), bool)| {
        let choices = ["x", "y"].map(|id| object(vec![("id", id.into()), ("label", label(id))]));
        let mut members = vec![
            ("id", name.into()),
            ("kind", kind.into()),
            ("label", label(name)),
            ("required", required.into()),
        ];
        match kind {
            "integer" => members.push(("max", Json::Int(30))),
            "choice" => members.push(("choices", choices.to_vec().into())),
            _ => {}
        }
        object(members)
    };
    Json::List(kinds.into_iter().zip(required).map(field).collect())
}

/// Whether items have rules of their own, or a person judges them all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rules {
    Some,
    None,
}

prop_compose! {
    fn item(rules: Rules)(
        criterion in 0usize..3,
        applies in applies(),
        (mandatory, may_skip, overridable) in any::<(bool, bool, bool)>(),
        evidence in select(&["none", "optional", "required"][..]),
        required in any::<[bool; 5]>(),
        na_when in option::weighted(0.3, any_condition()),
        met_when in option::weighted(0.5, any_condition()),
        points in option::of((1i64..20, vec((any_condition(), 0i64..20), 0..3))),
    ) -> (usize, Vec<(&'static str, Json)>) {
        let mut members = vec![
            ("applies", applies),
            ("mandatory", mandatory.into()),
            ("may_skip", may_skip.into()),
            ("override", overridable.into()),
            ("evidence", evidence.into()),
            ("fields", fields(required)),
        ];
        if rules == Rules::Some {
            members.extend(na_when.map(|cond| ("na_when", cond)));
            members.extend(met_when.map(|cond| ("met_when", cond)));
        }
        members.extend(points.map(|(max, bands)| {
            let bands = bands.into_iter().map(|(when, points)| {
                object(vec![("when", when), ("points", points.min(max).into())])
            });
            let bands: Vec<Json> = bands.filter(|_| rules == Rules::Some).collect();
            ("points", object(vec![("max", max.into()), ("bands", bands.into())]))
        }));
        (criterion, members)
    }
}

fn named(prefix: &str, n: usize, members: Vec<(&'static str, Json)>) -> Json {
    let name = format!("{prefix}{n}");
    let mut all = vec![("id", name.as_str().into()), ("label", label(&name))];
    all.extend(members);
    object(all)
}

prop_compose! {
    fn gate()(
        effect in select(&["fail", "pending"][..]),
        applies in applies(),
        allows_exception in any::<bool>(),
        from in option::of(select(&["2026-01-01", "2026-06-01"][..])),
        items in prop_oneof![2 => Just(vec![]), 1 => vec(0usize..6, 1..3)],
    ) -> (Vec<(&'static str, Json)>, Vec<usize>) {
        let from = from.map_or(Json::Null, Json::from);
        let members = vec![
            ("effect", effect.into()),
            ("applies", applies),
            ("allows_exception", allows_exception.into()),
            ("in_force", object(vec![("from", from), ("to", Json::Null)])),
        ];
        (members, items)
    }
}

fn scheme() -> impl Strategy<Value = Json> {
    let na = select(&["drop", "full"][..]);
    (na, 0i64..9, 0i64..9, 0i64..9000, any::<bool>()).prop_map(|(na, up, down, floor, decides)| {
        let band = |name: &str, floor: i64| {
            object(vec![("id", name.into()), ("label", label(name)), ("at_least_bp", floor.into())])
        };
        let cap = object(vec![("up", up.into()), ("down", down.into())]);
        let eligible: &[&str] = if decides { &["good"] } else { &[] };
        object(vec![
            ("scale", 1.into()),
            ("na", na.into()),
            ("adjustment_cap", cap),
            ("bands", vec![band("good", floor + 1), band("poor", 0)].into()),
            ("eligible_bands", words(eligible)),
        ])
    })
}

fn vote_rule() -> impl Strategy<Value = Json> {
    let of = select(&["eligible", "present"][..]);
    let op = select(&["gt", "ge"][..]);
    (any::<bool>(), of, op, 0i64..4, 1i64..4).prop_map(|(required, of, op, num, more)| {
        object(vec![
            ("required", required.into()),
            ("of", of.into()),
            ("op", op.into()),
            ("num", num.into()),
            ("den", (num + more).into()),
        ])
    })
}

prop_compose! {
    /// The text of a pack without an error.
    pub fn pack_text(rules: Rules)(
        criteria in vec(select(&[0i64, 50, 70, 100][..]), 1..4),
        required in 0usize..4,
        items in vec(item(rules), 1..7),
        gates in vec(gate(), 0..3),
        adjustments in vec((-5i64..6, applies()), 0..3),
        fact_applies in vec(applies(), 2),
        points in option::of(scheme()),
        vote in option::of(vote_rule()),
    ) -> String {
        let term = |name: &str| object(vec![("id", name.into()), ("label", label(name))]);
        let fact = |(n, applies): (usize, Json)| {
            let (min, max) = (0.into(), 30.into());
            object(vec![
                ("id", FACTS[n].into()),
                ("label", label("fact")),
                ("min", min),
                ("max", max),
                ("applies", applies),
            ])
        };
        let count = items.len();
        let criterion = |n: usize| format!("C{}", n % criteria.len());
        let items = items.into_iter().enumerate().map(|(n, (own, mut members))| {
            members.push(("criterion", criterion(own).into()));
            named("i", n, members)
        });
        let gates = gates.into_iter().enumerate().map(|(n, (mut members, on))| {
            let on = on.into_iter().map(|n| Json::from(format!("i{}", n % count)));
            members.push(("items", on.collect::<Vec<_>>().into()));
            named("G", n, members)
        });
        let adjustments = adjustments.into_iter().enumerate().map(|(n, (points, applies))| {
            let members = vec![
                ("points", points.into()),
                ("max_times", 3.into()),
                ("applies", applies),
            ];
            named("A", n, members)
        });
        let percents = criteria.iter().enumerate();
        let percents = percents.map(|(n, p)| named("C", n, vec![("others_percent", (*p).into())]));
        let required = required.min(criteria.len()) as i64;
        let decision = object(vec![
            ("criteria_required", required.into()),
            ("vote", vote.unwrap_or(Json::Null)),
        ]);
        let open = object(vec![("from", Json::Null), ("to", Json::Null)]);
        canonical(&object(vec![
            ("format", "bontot.pack/1".into()),
            ("id", "random".into()),
            ("version", "1.0.0".into()),
            ("title", label("random")),
            ("effective", open),
            ("levels", vec![term("cell"), term("committee")].into()),
            ("types", vec![term("y"), term("z")].into()),
            ("periods", words(&["year"])),
            ("facts", fact_applies.into_iter().enumerate().map(fact).collect::<Vec<_>>().into()),
            ("criteria", percents.collect::<Vec<_>>().into()),
            ("items", items.collect::<Vec<_>>().into()),
            ("gates", gates.collect::<Vec<_>>().into()),
            ("adjustments", adjustments.collect::<Vec<_>>().into()),
            ("points", points.unwrap_or(Json::Null)),
            ("decision", decision),
        ]))
    }
}

/// A pack that shows itself as its text, so that a failure can be read and tried.
#[derive(Clone)]
pub struct Sample {
    text: String,
    pack: Pack,
}

impl std::fmt::Debug for Sample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::ops::Deref for Sample {
    type Target = Pack;

    fn deref(&self) -> &Pack {
        &self.pack
    }
}

impl std::ops::DerefMut for Sample {
    fn deref_mut(&mut self) -> &mut Pack {
        &mut self.pack
    }
}

/// A pack without an error.
pub fn pack(rules: Rules) -> impl Strategy<Value = Sample> {
    pack_text(rules)
        .prop_map(|text| Sample { pack: Pack::from_bytes(text.as_bytes()).unwrap(), text })
}

/// Any JSON of the profile.
pub fn json() -> impl Strategy<Value = Json> {
    let limit = INTEGER_MAX;
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        (-limit..=limit).prop_map(Json::Int),
        any::<String>().prop_map(Json::Text),
    ];
    leaf.prop_recursive(6, 40, 6, |inner| {
        let members = prop::collection::btree_map(any::<String>(), inner.clone(), 0..6);
        prop_oneof![
            vec(inner, 0..6).prop_map(Json::List),
            (members, any::<bool>()).prop_map(|(members, reversed)| {
                let mut members: Vec<_> = members.into_iter().collect();
                if reversed {
                    members.reverse();
                }
                Json::Object(members)
            }),
        ]
    })
}
