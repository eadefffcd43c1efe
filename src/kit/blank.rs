//! A pack to begin with.

use crate::json::{Json, to_json};
use crate::pack::Term;
use crate::value::{Id, Version};

/// What a new pack is called and for whom it is.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// Its id.
    pub id: &'a Id,
    /// Its version.
    pub version: &'a Version,
    /// Its title in Vietnamese.
    pub title: &'a str,
    /// Levels of units; without any, one for every unit.
    pub levels: &'a [Term],
    /// Types of units; without any, one for every unit.
    pub types: &'a [Term],
}

/// A small pack that is valid: one criterion with one item, to be changed.
pub fn new(start: &Start<'_>) -> Json {
    let label = |vi: &str, en: &str| Json::from([("vi", vi.into()), ("en", en.into())]);
    let criterion = Json::from([
        ("id", "c1".into()),
        ("label", label("Tiêu chí 1", "Criterion 1")),
        ("others_percent", 100.into()),
    ]);
    let applies = match start.levels {
        [] => vec!["*:*".into()],
        levels => levels.iter().map(|term| format!("{}:*", term.id).into()).collect(),
    };
    let item = Json::from([
        ("id", "c1.01".into()),
        ("criterion", "c1".into()),
        ("label", label("Nội dung 1", "Item 1")),
        ("applies", Json::List(applies)),
    ]);
    pack(start, vec![criterion], vec![item], None, 1)
}

/// A pack of these criteria and items.
pub(super) fn pack(
    start: &Start<'_>,
    criteria: Vec<Json>,
    items: Vec<Json>,
    points: Option<Json>,
    criteria_required: i64,
) -> Json {
    let terms = |own: &[Term], (id, vi, en): (&str, &str, &str)| {
        let term = |id: &str, label: Json| Json::from([("id", id.into()), ("label", label)]);
        if own.is_empty() {
            let label = Json::from([("vi", vi.into()), ("en", en.into())]);
            return Json::List(vec![term(id, label)]);
        }
        Json::List(own.iter().map(|own| term(own.id.as_str(), to_json(&own.label))).collect())
    };
    Json::from([
        ("format", "bontot.pack/1".into()),
        ("id", start.id.to_string().into()),
        ("version", start.version.to_string().into()),
        ("title", Json::from([("vi", start.title.into())])),
        ("effective", Json::from([("from", Json::Null), ("to", Json::Null)])),
        ("levels", terms(start.levels, ("unit", "Đơn vị", "Unit"))),
        ("types", terms(start.types, ("all", "Mọi loại hình", "Every type"))),
        ("periods", Json::List(vec!["year".into()])),
        ("criteria", Json::List(criteria)),
        ("items", Json::List(items)),
        ("points", points.unwrap_or(Json::Null)),
        (
            "decision",
            Json::from([("criteria_required", criteria_required.into()), ("vote", Json::Null)]),
        ),
    ])
}
