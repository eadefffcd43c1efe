//! Warnings about a pack in words: what is wrong, and what to do.

use crate::app::wording::shares;
use crate::kit::findings::{Obstacle, Worse};
use crate::kit::{Part, Warning};
use crate::pack::{Applies, Pack};
use crate::rules::FormVerdict;
use crate::value::{Id, Lang};

fn ids(ids: &[Id]) -> String {
    ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ")
}

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

/// Why no form can be eligible.
pub fn obstacle(lang: Lang, obstacle: &Obstacle) -> String {
    let (vi, en) = match obstacle {
        Obstacle::Checks => (
            "các phép kiểm tra số liệu mâu thuẫn nhau".to_owned(),
            "the checks of the figures contradict each other".to_owned(),
        ),
        Obstacle::Vote => {
            ("biểu quyết không thể thông qua".to_owned(), "no vote can pass".to_owned())
        }
        Obstacle::ItemStuck { item } => (
            format!("trả lời mục {item} thế nào cũng còn lỗi"),
            format!("every answer to item {item} leaves something to be mended"),
        ),
        Obstacle::GateItem { gate, item } => {
            let gate = gate.as_ref().map_or_else(String::new, |gate| format!(" {gate}"));
            (
                format!(
                    "mục {item} của điều kiện bắt buộc{gate} không đạt được và cũng không bỏ qua được"
                ),
                format!("item {item} of the gate{gate} can neither be met nor be left out"),
            )
        }
        Obstacle::NeverFull { item, band } => {
            let band = band.as_ref().map_or_else(String::new, |band| format!(" {band}"));
            (
                format!("mục {item} không bao giờ có điểm tối đa mà mức{band} đòi"),
                format!("item {item} never has the full points that the band{band} asks for"),
            )
        }
        Obstacle::Criterion { criterion, items } if items.is_empty() => (
            format!("tiêu chí {criterion} không đạt được"),
            format!("criterion {criterion} cannot pass"),
        ),
        Obstacle::Criterion { criterion, items } => {
            let items = ids(items);
            (
                format!("tiêu chí {criterion} không đạt được, vì không bao giờ đạt: {items}"),
                format!("criterion {criterion} cannot pass, since these are never met: {items}"),
            )
        }
        Obstacle::Band { band, floor_bp, most_bp } => {
            let (floor, most) = (shares(lang, *floor_bp), shares(lang, *most_bp));
            (
                format!("mức {band} đòi {floor} %, nhưng nhiều nhất chỉ được {most} %"),
                format!("the band {band} asks for {floor} %, but at most {most} % can be reached"),
            )
        }
        Obstacle::NothingScored => (
            "không mục nào được tính điểm nên không đến được mức nào".to_owned(),
            "no item counts in the points, so that no band is reached".to_owned(),
        ),
        Obstacle::BandWindow => (
            "không tổng điểm nào rơi vào mức đủ điều kiện".to_owned(),
            "no sum of points falls into a band that makes a form eligible".to_owned(),
        ),
        Obstacle::Together { facts } => {
            let facts = ids(facts);
            (
                format!("các mục đòi những số liệu không thể cùng đúng ({facts})"),
                format!("what the items ask of the figures cannot hold together ({facts})"),
            )
        }
    };
    if lang == Lang::Vi { vi } else { en }
}

/// How an outcome is worse than another.
pub fn worse(pack: &Pack, lang: Lang, worse: &Worse) -> String {
    let verdict = |own: FormVerdict| {
        let (vi, en) = match own {
            FormVerdict::Eligible => ("đủ điều kiện", "eligible"),
            FormVerdict::NotEligible => ("không đủ điều kiện", "not eligible"),
            FormVerdict::Pending => ("chờ", "pending"),
            FormVerdict::Incomplete => ("chưa điền xong", "incomplete"),
        };
        if lang == Lang::Vi { vi } else { en }
    };
    let band = |own: &Option<Id>| {
        let bands = pack.points.iter().flat_map(|points| &points.bands);
        let none = if lang == Lang::Vi { "không mức nào" } else { "none" };
        own.as_ref().map_or_else(
            || none.to_owned(),
            |id| {
                let own = bands.into_iter().find(|band| band.id == *id);
                own.map_or_else(|| id.to_string(), |band| band.label.text(lang).to_owned())
            },
        )
    };
    let (vi, en) = match worse {
        Worse::Verdict { before, after } => (
            format!("từ «{}» thành «{}»", verdict(*before), verdict(*after)),
            format!("from “{}” to “{}”", verdict(*before), verdict(*after)),
        ),
        Worse::Band { before, after } => (
            format!("từ mức «{}» xuống «{}»", band(before), band(after)),
            format!("from the band “{}” to “{}”", band(before), band(after)),
        ),
        Worse::Points { before, after } => {
            let scale = pack.points.as_ref().map_or(1, |points| points.scale);
            let shown = |units: i64| {
                let whole = units / scale;
                if units % scale == 0 { whole.to_string() } else { format!("{units}/{scale}") }
            };
            (
                format!("từ {} xuống {} điểm", shown(*before), shown(*after)),
                format!("from {} to {} points", shown(*before), shown(*after)),
            )
        }
    };
    if lang == Lang::Vi { vi } else { en }
}
