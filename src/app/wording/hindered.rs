//! Why no form of a pack can be eligible, and how an outcome is worse than another, in words.

use crate::app::wording::shares;
use crate::kit::findings::{Obstacle, Worse};
use crate::pack::Pack;
use crate::rules::FormVerdict;
use crate::value::{Id, Lang};

fn ids(ids: &[Id]) -> String {
    ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ")
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
