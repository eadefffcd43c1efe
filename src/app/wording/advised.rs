//! What choices in a pack cost, in words, and what could be done instead.

use crate::kit::Advice;
use crate::pack::Comparison;
use crate::value::{Id, Lang};

fn ids(ids: &[Id]) -> String {
    ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ")
}

/// A number of hundredths of a per cent as per cent.
pub fn shares(lang: Lang, bp: i64) -> String {
    let comma = if lang == Lang::Vi { ',' } else { '.' };
    match bp % 100 {
        0 => (bp / 100).to_string(),
        rest => format!("{}{comma}{rest:02}", bp / 100),
    }
}

/// A piece of advice: what the choice costs, and what could be done.
pub fn advice(lang: Lang, advice: &Advice) -> String {
    let (vi, en) = match advice {
        Advice::OneFailsAll { criterion, items } => (
            format!("Chỉ cần một trong {items} mục không đạt là tiêu chí {criterion} không đạt, dù mục đó không bắt buộc. Nếu muốn nới, hạ tỷ lệ mục phải đạt."),
            format!("One item of {items} that is not met fails criterion {criterion}, though it is not mandatory. To be milder, ask for a smaller share of them."),
        ),
        Advice::EveryCriterion { criteria } => (
            format!("Phải đạt cả {criteria} tiêu chí: một tiêu chí không đạt là quyết định cả phiếu. Nếu muốn nới, giảm số tiêu chí phải đạt."),
            format!("All {criteria} criteria must pass: one that fails decides the form. To be milder, require fewer."),
        ),
        Advice::NoException { gate } => (
            format!("Điều kiện {gate} không có ngoại lệ: trường hợp mà quy định không nhằm tới cũng bị loại. Nếu văn bản có ngoại lệ, cho phép ghi."),
            format!("The gate {gate} has no exception: a case that the rule does not mean cannot be told apart. If the document knows exceptions, allow them."),
        ),
        Advice::FailsForEver { gate } => (
            format!("Điều kiện {gate} loại phiếu và không có thời hạn. Ghi từ ngày nào, đến ngày nào theo văn bản."),
            format!("The gate {gate} fails a form and is in force for ever. Say from when, and until when, its rule holds."),
        ),
        Advice::AllOfThem { item } => (
            format!("Mục {item} bắt buộc và đòi đủ tất cả, không trừ ai: vắng một người là tiêu chí không đạt. Nếu có người được miễn, trừ họ ra hoặc hạ tỷ lệ."),
            format!("Item {item} is mandatory and asks for all, without exception: one who is absent fails the criterion. If some are exempt, leave them out or ask for less."),
        ),
        Advice::MuchEvidence { required, items } => (
            format!("{required} trong {items} mục đòi minh chứng, mục nào cũng tốn công của đơn vị. Chỉ đòi ở những mục cần xem lại."),
            format!("{required} of {items} items ask for evidence, and each costs the unit time. Ask only where it will be looked at."),
        ),
        Advice::NoOverride { items } => {
            let items = ids(items);
            (
                format!("Không ai được kết luận khác với số liệu, kể cả khi có lý do: {items}. Nếu có trường hợp riêng, cho phép kết luận khác kèm lý do."),
                format!("Nobody may overrule, with a reason, what the numbers say of: {items}. If there are special cases, allow it."),
            )
        }
        Advice::Boundary { item, op, percent, part, whole } => {
            let (vi, en) = if *op == Comparison::Gt { ("trên", "over") } else { ("dưới", "under") };
            (
                format!("Mục {item}: {part} trên {whole} đúng bằng {percent} %, mà như vậy chưa phải «{vi}». Nếu bằng cũng tính, chọn so sánh có dấu bằng."),
                format!("Item {item}: {part} of {whole} is exactly {percent} %, and that is not “{en}” it. If equal should count, choose the comparison that takes it."),
            )
        }
        Advice::PointsInform => (
            "Điểm được tính nhưng không quyết định gì: không mức nào gắn với việc đủ điều kiện. Chọn các mức đủ điều kiện, hoặc để điểm chỉ để biết.".to_owned(),
            "Points are counted but decide nothing: no band makes a form eligible or not. Choose the bands that do, or leave points for information.".to_owned(),
        ),
        Advice::UnusedField { item, field } => (
            format!("Mục {item}: không điều kiện nào dùng ô {field}; ô này chỉ hỏi để biết. Bỏ đi thì đơn vị đỡ phải ghi."),
            format!("Item {item}: no rule uses the field {field}; it is asked for its own sake. Without it there is less to fill in."),
        ),
        Advice::UnusedFact { fact } => (
            format!("Không điều kiện nào dùng số liệu {fact}; số này chỉ hỏi để biết. Bỏ đi thì đơn vị đỡ phải ghi."),
            format!("No rule uses the figure {fact}; it is asked for its own sake. Without it there is less to fill in."),
        ),
    };
    if lang == Lang::Vi { vi } else { en }
}

/// What many pieces of advice of one kind have in common, above the list of them.
pub fn kind_of_advice(lang: Lang, advice: &Advice) -> &'static str {
    let (vi, en) = match advice {
        Advice::OneFailsAll { .. } => {
            ("Tiêu chí mà một mục không đạt là mất", "Criteria that one item fails")
        }
        Advice::EveryCriterion { .. } => ("Phải đạt mọi tiêu chí", "Every criterion must pass"),
        Advice::NoException { .. } => ("Điều kiện không có ngoại lệ", "Gates without exception"),
        Advice::FailsForEver { .. } => ("Điều kiện không có thời hạn", "Gates in force for ever"),
        Advice::AllOfThem { .. } => ("Mục đòi đủ tất cả", "Items that ask for all"),
        Advice::MuchEvidence { .. } => ("Nhiều minh chứng", "Much evidence"),
        Advice::NoOverride { .. } => {
            ("Số liệu quyết định, không ai kết luận khác được", "Numbers that nobody may overrule")
        }
        Advice::Boundary { .. } => {
            ("Tỷ lệ mà đơn vị nhỏ rơi đúng vào ngưỡng", "Shares that small units hit exactly")
        }
        Advice::PointsInform => ("Điểm chỉ để biết", "Points for information"),
        Advice::UnusedField { .. } => ("Ô chỉ hỏi để biết", "Fields asked for their own sake"),
        Advice::UnusedFact { .. } => {
            ("Số liệu chỉ hỏi để biết", "Figures asked for their own sake")
        }
    };
    if lang == Lang::Vi { vi } else { en }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_of_advice_has_words_in_both_languages() {
        let id = || Id::new("x1").unwrap();
        let all = [
            Advice::OneFailsAll { criterion: id(), items: 4 },
            Advice::EveryCriterion { criteria: 4 },
            Advice::NoException { gate: id() },
            Advice::FailsForEver { gate: id() },
            Advice::AllOfThem { item: id() },
            Advice::MuchEvidence { required: 5, items: 6 },
            Advice::NoOverride { items: vec![id(), id()] },
            Advice::Boundary { item: id(), op: Comparison::Gt, percent: 85, part: 17, whole: 20 },
            Advice::Boundary { item: id(), op: Comparison::Lt, percent: 5, part: 1, whole: 20 },
            Advice::PointsInform,
            Advice::UnusedField { item: id(), field: id() },
            Advice::UnusedFact { fact: id() },
        ];
        for own in &all {
            let (vi, en) = (advice(Lang::Vi, own), advice(Lang::En, own));
            assert!(vi.len() > 20 && en.len() > 20 && vi != en, "{own:?}");
            // What is wrong, and what to do.
            assert!(vi.contains('.') && en.contains('.'), "{vi} {en}");
            assert_ne!(kind_of_advice(Lang::Vi, own), kind_of_advice(Lang::En, own));
        }
        assert_eq!((shares(Lang::Vi, 6667), shares(Lang::En, 9000)), ("66,67".into(), "90".into()));
    }
}
