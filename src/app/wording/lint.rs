//! What the linter says of a pack, in words.

use crate::pack::lint::Defect;
use crate::value::Lang;

/// An error of a pack: what is wrong, and what to do.
pub fn defect(lang: Lang, defect: &Defect) -> String {
    let vi = lang == Lang::Vi;
    let say = |own: String, other: String| if vi { own } else { other };
    match defect {
        Defect::ReferenceToNothing(id) => say(
            format!("Không có gì mang mã {id}. Sửa lại mã hoặc bỏ chỗ này."),
            format!("Nothing has the code {id}. Correct the code or remove this."),
        ),
        Defect::DuplicateId(id) => say(
            format!("Mã {id} bị trùng. Đặt mã khác."),
            format!("The code {id} stands twice. Give another code."),
        ),
        Defect::NotAnInteger(id) => say(
            format!("Ô {id} không phải ô số nên không so sánh được."),
            format!("The field {id} is no number and cannot be compared."),
        ),
        Defect::NotAChoice(id) => say(
            format!("Ô {id} không phải ô lựa chọn."),
            format!("The field {id} is no choice field."),
        ),
        Defect::NotADate(id) => {
            say(format!("Ô {id} không phải ô ngày."), format!("The field {id} is no day."))
        }
        Defect::ItemWithoutPoints(id) => say(
            format!("Mục {id} không có điểm nên không thể đòi điểm tối đa."),
            format!("The item {id} has no points, so full points cannot be asked of it."),
        ),
        Defect::UnreachableBand { band, behind } => say(
            format!(
                "Không phiếu nào đạt được mức {band}: mức {behind} đứng trước đã nhận hết. Xếp mức cao lên trước."
            ),
            format!(
                "No form can reach {band}: {behind} stands before it and takes them all. Put the better one first."
            ),
        ),
        Defect::TooManyCriteriaRequired { required, criteria } => say(
            format!("Đòi đạt {required} tiêu chí, nhưng chỉ có {criteria}."),
            format!("{required} criteria are required, but there are only {criteria}."),
        ),
        Defect::Empty => {
            say("Phải có ít nhất một.".to_owned(), "There must be at least one.".to_owned())
        }
        Defect::SpanEndsBeforeItBegins => {
            say("Ngày cuối trước ngày đầu.".to_owned(), "It ends before it begins.".to_owned())
        }
    }
}
