//! Warnings about a pack in words: what is wrong, and what to do.

use crate::app::wording::{obstacle, worse};
use crate::kit::{Part, Warning};
use crate::pack::{Applies, Pack};
use crate::value::{Id, Lang};

/// A level and a type as the pack calls them.
pub fn kind(pack: &Pack, lang: Lang, kind: &Applies) -> String {
    let word = |terms: &[crate::pack::Term], id: &Option<Id>| {
        let own = id.as_ref().and_then(|id| terms.iter().find(|own| own.id == *id));
        own.map(|own| own.label.text(lang).to_owned())
    };
    let both = [word(&pack.levels, &kind.level), word(&pack.types, &kind.unit_type)];
    let both: Vec<String> = both.into_iter().flatten().collect();
    if both.is_empty() { kind.to_string() } else { both.join(" – ") }
}

fn kinds(pack: &Pack, lang: Lang, all: &[Applies]) -> String {
    all.iter().map(|own| kind(pack, lang, own)).collect::<Vec<_>>().join("; ")
}

fn part(lang: Lang, part: Part) -> &'static str {
    let (vi, en) = match part {
        Part::Fact => ("Số liệu", "The figure"),
        Part::Check => ("Phép kiểm tra", "The check"),
        Part::Item => ("Mục", "The item"),
        Part::Gate => ("Điều kiện bắt buộc", "The gate"),
        Part::Adjustment => ("Điểm thưởng, phạt", "The bonus or deduction"),
    };
    if lang == Lang::Vi { vi } else { en }
}

/// A warning: what is wrong, and what to do.
pub fn warning(pack: &Pack, lang: Lang, warning: &Warning) -> String {
    let (vi, en) = match warning {
        Warning::NoEnglish => (
            "Chưa có bản tiếng Anh. Ghi thêm, hoặc để vậy nếu chỉ dùng tiếng Việt.".to_owned(),
            "There is no English text. Add it, or leave it if only Vietnamese is used.".to_owned(),
        ),
        Warning::InNoForm { part: own, id } => (
            format!(
                "{} {id} không thuộc phiếu nào. Chọn đơn vị áp dụng, hoặc bỏ đi.",
                part(lang, *own)
            ),
            format!(
                "{} {id} belongs to no form. Choose units for it, or remove it.",
                part(lang, *own)
            ),
        ),
        Warning::NoItem { criterion, kinds: own } => {
            let own = kinds(pack, lang, own);
            (
                format!(
                    "Tiêu chí {criterion} không có mục nào trong phiếu của {own}, nên tự đạt. Thêm mục, hoặc xem lại đơn vị áp dụng."
                ),
                format!(
                    "Criterion {criterion} has no item in forms of {own}, so it passes by itself. Add an item, or look at which units it is for."
                ),
            )
        }
        Warning::ShareOfNothing { item } => (
            format!(
                "Mục {item}: số làm mẫu có thể bằng 0, khi đó tỷ lệ không có nghĩa. Đặt số nhỏ nhất là 1, hoặc cho mục không áp dụng khi bằng 0."
            ),
            format!(
                "Item {item}: the whole of the share can be 0, which means nothing. Let it be at least 1, or let the item not apply then."
            ),
        ),
        Warning::NeverTrue { item } => (
            format!(
                "Mục {item}: điều kiện này không bao giờ đúng. Xem lại ngưỡng và giới hạn của các ô."
            ),
            format!(
                "Item {item}: this rule can never be true. Look at its threshold and at what the fields may hold."
            ),
        ),
        Warning::NeverFalse { item } => (
            format!(
                "Mục {item}: điều kiện này lúc nào cũng đúng. Xem lại ngưỡng, hoặc bỏ điều kiện."
            ),
            format!(
                "Item {item}: this rule can never be false. Look at its threshold, or remove the rule."
            ),
        ),
        Warning::StepNeverReached { item } => (
            format!(
                "Mục {item}: không ai đến được mức điểm này, vì các mức trước đã nhận hết. Xếp mức khó lên trước, hoặc bỏ mức này."
            ),
            format!(
                "Item {item}: nobody reaches this step, since those before it take all. Put the harder one first, or remove this one."
            ),
        ),
        Warning::CheckNeverHolds { check } => (
            format!(
                "Phép kiểm tra {check} không bao giờ đúng, nên phiếu nào cũng bị báo lỗi. Xem lại hai vế."
            ),
            format!(
                "The check {check} can never hold, so every form has a problem. Look at its two sides."
            ),
        ),
        Warning::CheckNeverFails { check } => (
            format!(
                "Phép kiểm tra {check} lúc nào cũng đúng, nên không tìm được lỗi gì. Xem lại hai vế, hoặc bỏ đi."
            ),
            format!(
                "The check {check} can never fail, so it finds nothing. Look at its two sides, or remove it."
            ),
        ),
        Warning::FactNotAsked { item, fact, kinds: own } => {
            let own = kinds(pack, lang, own);
            (
                format!(
                    "Mục {item} dùng số liệu {fact}, nhưng phiếu của {own} không hỏi số liệu đó. Cho hỏi ở đó, hoặc bớt đơn vị của mục."
                ),
                format!(
                    "Item {item} uses the figure {fact}, which forms of {own} do not ask for. Ask for it there, or give the item to fewer units."
                ),
            )
        }
        Warning::GateItemElsewhere { gate, item } => (
            format!(
                "Mục {item} không nằm trong phiếu nào của điều kiện {gate}. Chọn mục khác, hoặc sửa đơn vị áp dụng."
            ),
            format!(
                "Item {item} is in no form of the gate {gate}. Choose another item, or correct the units."
            ),
        ),
        Warning::GateNotInForce { gate } => (
            format!(
                "Điều kiện {gate} không có hiệu lực ngày nào trong thời gian dùng bộ tiêu chí. Sửa ngày, hoặc bỏ đi."
            ),
            format!(
                "The gate {gate} is in force on no day on which the pack is in effect. Correct the days, or remove it."
            ),
        ),
        Warning::PointsNotCounted { item } => (
            format!(
                "Mục {item} có điểm, nhưng bộ tiêu chí không tính điểm. Bật tính điểm, hoặc bỏ điểm của mục."
            ),
            format!(
                "Item {item} has points, but the pack counts none. Turn points on, or remove those of the item."
            ),
        ),
        Warning::AdjustmentWithoutEffect { adjustment } => (
            format!(
                "Điểm thưởng, phạt {adjustment} không làm đổi điểm. Sửa số điểm hoặc mức trần, hoặc bỏ đi."
            ),
            format!(
                "The bonus or deduction {adjustment} never changes the points. Correct its points or the cap, or remove it."
            ),
        ),
        Warning::BetterBandNotEligible { band, later } => (
            format!(
                "Mức {band} không đủ điều kiện công nhận, nhưng mức {later} đứng sau lại đủ. Chọn cả {band}, hoặc xếp lại các mức."
            ),
            format!(
                "The band {band} does not make a form eligible, but the later band {later} does. Choose {band} too, or put the bands in order."
            ),
        ),
        Warning::EveryVotePasses => (
            "Biểu quyết thế nào cũng thông qua. Nâng tỷ lệ cần có.".to_owned(),
            "Every vote passes. Ask for a larger share.".to_owned(),
        ),
        Warning::NoVotePasses { num, den } => (
            format!(
                "Tất cả tán thành cũng không thông qua: tỷ lệ {num}/{den} cao quá mức có thể. Hạ tỷ lệ xuống."
            ),
            format!(
                "No vote passes, not even of all: {num}/{den} is more than there can be. Ask for less."
            ),
        ),
        Warning::NothingRequired => (
            "Không đòi tiêu chí nào phải đạt. Ghi số tiêu chí phải đạt.".to_owned(),
            "No criterion has to pass. Say how many must.".to_owned(),
        ),
        Warning::NeverEligible { kind: own, obstacles } => {
            let own = kind(pack, lang, own);
            let why: Vec<String> = obstacles.iter().map(|own| obstacle(lang, own)).collect();
            let why = why.join("; ");
            (
                format!("Không phiếu nào của {own} đủ điều kiện được: {why}. Sửa những chỗ này."),
                format!("No form of {own} can be eligible: {why}. Mend these."),
            )
        }
        Warning::NotMonotone { item, how, .. } => (
            format!(
                "Mục {item}: trả lời tốt hơn lại làm kết quả kém đi, {}. Xem lại các mức điểm và các mức xếp loại.",
                worse(pack, lang, how)
            ),
            format!(
                "Item {item}: a better answer makes the outcome worse, {}. Look at the steps of points and at the bands.",
                worse(pack, lang, how)
            ),
        ),
        Warning::ReachableUndecided { kind: own } => {
            let own = kind(pack, lang, own);
            (
                format!(
                    "Chưa xác định được phiếu của {own} có thể đủ điều kiện hay không: quá nhiều khả năng. Điền thử một phiếu."
                ),
                format!(
                    "Undecided: can a form of {own} be eligible? There are too many possibilities. Fill one in to try."
                ),
            )
        }
        Warning::MonotoneUndecided { item } => (
            format!(
                "Chưa xác định được trả lời mục {item} tốt hơn có làm kết quả kém đi hay không: quá nhiều khả năng."
            ),
            format!(
                "Undecided: can a better answer to item {item} make the outcome worse? There are too many possibilities."
            ),
        ),
    };
    if lang == Lang::Vi { vi } else { en }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Assessment, Period};
    use crate::kit::findings::{Obstacle, Worse};
    use crate::pack::catalog::Catalog;
    use crate::rules::FormVerdict;
    use crate::value::{AssessmentId, Date, Instant};

    #[test]
    fn every_warning_has_words_in_both_languages() {
        let packs = Catalog::built_in().unwrap();
        let pack = packs.packs()[0].as_ref();
        let id = || Id::new("x1").unwrap();
        let day = Date::new(2026, 1, 1).unwrap();
        let period = Period { kind: pack.periods[0], from: day, to: day };
        let now = Instant::from_unix(0);
        let form = Assessment::blank(pack, AssessmentId::from_bits([0; 16]), period, now).unwrap();
        let own = Applies {
            level: Some(pack.levels[0].id.clone()),
            unit_type: Some(pack.types[0].id.clone()),
        };
        let monotone = |how| Warning::NotMonotone {
            item: id(),
            how,
            before: Box::new(form.clone()),
            after: Box::new(form.clone()),
        };
        let never =
            |obstacle| Warning::NeverEligible { kind: own.clone(), obstacles: vec![obstacle] };
        let (before, after) = (FormVerdict::Eligible, FormVerdict::NotEligible);
        let all = [
            Warning::NoEnglish,
            Warning::InNoForm { part: Part::Fact, id: id() },
            Warning::InNoForm { part: Part::Adjustment, id: id() },
            Warning::NoItem { criterion: id(), kinds: vec![own.clone()] },
            Warning::ShareOfNothing { item: id() },
            Warning::NeverTrue { item: id() },
            Warning::NeverFalse { item: id() },
            Warning::StepNeverReached { item: id() },
            Warning::CheckNeverHolds { check: id() },
            Warning::CheckNeverFails { check: id() },
            Warning::FactNotAsked { item: id(), fact: id(), kinds: vec![own.clone()] },
            Warning::GateItemElsewhere { gate: id(), item: id() },
            Warning::GateNotInForce { gate: id() },
            Warning::PointsNotCounted { item: id() },
            Warning::AdjustmentWithoutEffect { adjustment: id() },
            Warning::BetterBandNotEligible { band: id(), later: id() },
            Warning::EveryVotePasses,
            Warning::NoVotePasses { num: 3, den: 2 },
            Warning::NothingRequired,
            Warning::ReachableUndecided { kind: own.clone() },
            Warning::MonotoneUndecided { item: id() },
            monotone(Worse::Verdict { before, after }),
            monotone(Worse::Band { before: Some(id()), after: None }),
            monotone(Worse::Points { before: 3, after: 2 }),
            never(Obstacle::Checks),
            never(Obstacle::Vote),
            never(Obstacle::ItemStuck { item: id() }),
            never(Obstacle::GateItem { gate: Some(id()), item: id() }),
            never(Obstacle::NeverFull { item: id(), band: None }),
            never(Obstacle::Criterion { criterion: id(), items: vec![id()] }),
            never(Obstacle::Criterion { criterion: id(), items: Vec::new() }),
            never(Obstacle::Band { band: id(), floor_bp: 9000, most_bp: 6667 }),
            never(Obstacle::NothingScored),
            never(Obstacle::BandWindow),
            never(Obstacle::Together { facts: vec![id()] }),
        ];
        let mut seen = std::collections::BTreeSet::new();
        for own in &all {
            let both = [Lang::Vi, Lang::En].map(|lang| warning(pack, lang, own));
            assert!(both[0] != both[1] && both.iter().all(|words| words.len() > 20), "{own:?}");
            assert!(both.iter().all(|words| words.contains('.')), "{both:?}");
            assert!(seen.insert(both), "the words of {own:?} stand twice");
        }
        let unit = kind(pack, Lang::Vi, &own);
        assert!(unit.contains(pack.levels[0].label.text(Lang::Vi)), "{unit}");
    }
}
