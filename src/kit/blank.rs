//! A pack to begin with.

use crate::json::Json;
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
    /// Levels of units; none is as `cell`.
    pub levels: &'a [Id],
    /// Types of units; none is as one for all.
    pub types: &'a [Id],
}

/// Words of the usual levels.
const LEVELS: [(&str, &str, &str); 2] = [
    ("cell", "Chi bộ", "Party cell"),
    ("committee", "Đảng bộ cơ sở", "Grassroots party committee"),
];
/// Words of the usual types.
const TYPES: [(&str, &str, &str); 8] = [
    ("all", "Mọi loại hình", "Every type"),
    ("village", "Thôn, bản, xóm, khối", "Village, hamlet, block"),
    ("commune", "Xã, phường", "Commune, ward"),
    ("agency", "Cơ quan", "Agency"),
    ("public_service", "Đơn vị sự nghiệp công lập", "Public service unit"),
    ("state_enterprise", "Doanh nghiệp nhà nước", "State enterprise"),
    ("private_enterprise", "Doanh nghiệp ngoài nhà nước", "Non-State enterprise"),
    ("armed_forces", "Lực lượng vũ trang", "Armed forces"),
];

/// Ids with their words in Vietnamese and English; the first of the usual ones where there is none.
fn terms(ids: &[Id], usual: &[(&str, &str, &str)]) -> Vec<(Id, [String; 2])> {
    let own = |id: &Id| {
        let known = usual.iter().find(|(own, ..)| *own == id.as_str());
        let words = known.map_or([id.to_string(), id.to_string()], |(_, vi, en)| {
            [(*vi).to_owned(), (*en).to_owned()]
        });
        (id.clone(), words)
    };
    if ids.is_empty() {
        return usual.first().and_then(|(id, ..)| Id::new(id)).iter().map(own).collect();
    }
    ids.iter().map(own).collect()
}

/// Levels of units with their words.
pub(super) fn levels(ids: &[Id]) -> Vec<(Id, [String; 2])> {
    terms(ids, &LEVELS)
}

/// Types of units with their words.
pub(super) fn types(ids: &[Id]) -> Vec<(Id, [String; 2])> {
    terms(ids, &TYPES)
}

/// A small pack that is valid: one criterion with one item, to be changed.
pub fn new(start: &Start<'_>) -> Json {
    let label = |vi: &str, en: &str| Json::from([("vi", vi.into()), ("en", en.into())]);
    let criterion = Json::from([
        ("id", "c1".into()),
        ("label", label("Tiêu chí 1", "Criterion 1")),
        ("others_percent", 100.into()),
    ]);
    let applies = levels(start.levels).iter().map(|(id, _)| format!("{id}:*").into()).collect();
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
    let terms = |own: Vec<(Id, [String; 2])>| {
        let term = |(id, [vi, en]): (Id, [String; 2])| {
            let label = Json::from([("vi", vi.into()), ("en", en.into())]);
            Json::from([("id", id.to_string().into()), ("label", label)])
        };
        Json::List(own.into_iter().map(term).collect())
    };
    Json::from([
        ("format", "bontot.pack/1".into()),
        ("id", start.id.to_string().into()),
        ("version", start.version.to_string().into()),
        ("title", Json::from([("vi", start.title.into())])),
        ("effective", Json::from([("from", Json::Null), ("to", Json::Null)])),
        ("levels", terms(levels(start.levels))),
        ("types", terms(types(start.types))),
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
