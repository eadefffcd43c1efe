//! Packs to begin with, and the version after one.

use crate::json::Json;
use crate::pack::PeriodKind;

/// A pack with one level, one type of units and one criterion that has one item: small, and without errors.
pub fn blank_pack(id: &str) -> Json {
    let label = |vi: &str, en: &str| object([("vi", vi.into()), ("en", en.into())]);
    let term = |id: &str, vi: &str, en: &str| object([("id", id.into()), ("label", label(vi, en))]);
    let item = object([
        ("id", "1.01".into()),
        ("criterion", "C1".into()),
        ("label", label("Mục thứ nhất", "First item")),
        ("applies", vec!["*:*".into()].into()),
        ("evidence", "optional".into()),
    ]);
    let criterion = object([
        ("id", "C1".into()),
        ("label", label("Tiêu chí thứ nhất", "First criterion")),
        ("others_percent", 100.into()),
    ]);
    object([
        ("format", "bontot.pack/1".into()),
        ("id", id.into()),
        ("version", "0.1.0".into()),
        ("title", label("", "")),
        ("note", label("Bản đề xuất.", "A proposal.")),
        ("effective", object([("from", Json::Null), ("to", Json::Null)])),
        ("legal_basis", Vec::new().into()),
        ("levels", vec![term("cell", "Chi bộ", "Party cell")].into()),
        ("types", vec![term("unit", "Mọi loại hình", "Every type")].into()),
        ("periods", vec![PeriodKind::Year.as_str().into()].into()),
        ("facts", Vec::new().into()),
        ("criteria", vec![criterion].into()),
        ("items", vec![item].into()),
        ("gates", Vec::new().into()),
        ("adjustments", Vec::new().into()),
        ("points", Json::Null),
        ("decision", object([("criteria_required", 1.into()), ("vote", Json::Null)])),
    ])
}

/// An object of these members.
pub(super) fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

/// The version after one, for a change of what decides (`1.0.0` → `1.1.0`) or of words (`1.0.1`); `None` where the text is
/// no version.
pub fn next_version(version: &str, decides: bool) -> Option<String> {
    let released = version.split('-').next()?;
    let mut numbers = released.split('.').map(|number| number.parse::<u32>().ok());
    let [major, minor, patch] = [numbers.next()??, numbers.next()??, numbers.next()??];
    Some(match (decides, version == released) {
        // What follows a draft of a version is that version.
        (_, false) => released.to_owned(),
        (true, true) => format!("{major}.{}.0", minor.checked_add(1)?),
        (false, true) => format!("{major}.{minor}.{}", patch.checked_add(1)?),
    })
}
