//! The sentences of the report, in Vietnamese and English.

use crate::desk::Status;
use crate::rules::FormVerdict;
use crate::seal::AppraisalDecision;
use crate::value::Lang;

/// The sentences in one language.
pub(super) struct Text {
    pub(super) lang: &'static str,
    pub(super) title: &'static str,
    pub(super) say: &'static str,
    pub(super) counted: [&'static str; 2],
    pub(super) files: &'static str,
    pub(super) status: &'static str,
    pub(super) number: &'static str,
    pub(super) read: &'static str,
    pub(super) verdicts: &'static str,
    pub(super) decisions: &'static str,
    pub(super) forms: &'static str,
    pub(super) unit_type: &'static str,
    pub(super) parent: &'static str,
    pub(super) all: &'static str,
    pub(super) no_name: &'static str,
    pub(super) criteria: &'static str,
    pub(super) criterion: &'static str,
    pub(super) passed_by_type: &'static str,
    pub(super) passed_by_parent: &'static str,
    pub(super) bars: [&'static str; 3],
    pub(super) items: &'static str,
    pub(super) item: &'static str,
    pub(super) met_by_type: &'static str,
    pub(super) failing: &'static str,
    pub(super) failed: &'static str,
    pub(super) of: &'static str,
    pub(super) failing_by_parent: &'static str,
    pub(super) none_fails: &'static str,
    pub(super) take_part: &'static str,
    pub(super) take_part_say: &'static str,
    pub(super) no_list: &'static str,
    pub(super) units: &'static str,
    pub(super) wanted: &'static str,
    pub(super) registered: &'static str,
    pub(super) needed: &'static str,
    pub(super) highest: &'static str,
    pub(super) highest_say: &'static str,
    pub(super) base: &'static str,
    pub(super) bases: [&'static str; 3],
    pub(super) ceiling: &'static str,
    pub(super) no_forms: &'static str,
    point: char,
}

/// Vietnamese.
const VI: Text = Text {
    lang: "vi",
    title: "Tổng hợp kết quả tự đánh giá “bốn tốt”",
    say: "Đây là kết quả tự đánh giá đã nhận và tính lại theo bộ tiêu chí; cấp có thẩm quyền xem xét, quyết định.",
    counted: [
        "Tính trên {} phiếu đã xác minh.",
        "Tính trên {} phiếu, trong đó {} phiếu ký bằng khóa chưa đối chiếu.",
    ],
    files: "Tệp đã nhận",
    status: "Tình trạng",
    number: "Số lượng",
    read: "Tổng cộng",
    verdicts: "Kết quả tự đánh giá theo loại hình",
    decisions: "Ý kiến của cấp trên theo loại hình",
    forms: "Số phiếu",
    unit_type: "Loại hình",
    parent: "Trực thuộc",
    all: "Tất cả",
    no_name: "(không ghi)",
    criteria: "Tỷ lệ đạt theo tiêu chí",
    criterion: "Tiêu chí",
    passed_by_type: "Đạt, theo loại hình",
    passed_by_parent: "Đạt, theo tổ chức đảng trực thuộc",
    bars: ["đạt", "không đạt", "chưa điền xong"],
    items: "Tỷ lệ đạt theo mục",
    item: "Mục",
    met_by_type: "Đạt trên số phiếu có áp dụng, theo loại hình",
    failing: "Những mục không đạt nhiều nhất",
    failed: "Không đạt",
    of: "{} trên {}",
    failing_by_parent: "Những mục đó theo tổ chức đảng trực thuộc: số phiếu không đạt",
    none_fails: "Không có mục nào không đạt.",
    take_part: "Tỷ lệ tham gia thí điểm",
    take_part_say: "Ít nhất {} % số tổ chức đảng, tính theo từng loại hình và tính chung, làm tròn lên.",
    no_list: "Chưa có danh sách đơn vị (--units), nên chưa tính được số cần tham gia.",
    units: "Số đơn vị",
    wanted: "Cần ít nhất",
    registered: "Đã tham gia",
    needed: "Còn thiếu",
    highest: "Trần “hoàn thành xuất sắc nhiệm vụ”",
    highest_say: "Nhiều nhất {} % của số làm căn cứ, làm tròn xuống. Đây là trần, không phải xếp loại: “bốn tốt” chỉ là một điều kiện.",
    base: "Tính trên số phiếu",
    bases: ["đủ điều kiện đề nghị", "được công nhận", "đã nhận"],
    ceiling: "Nhiều nhất",
    no_forms: "Không có phiếu nào được tính.",
    point: ',',
};

/// English.
const EN: Text = Text {
    lang: "en",
    title: "Summary of “four-good” self-assessments",
    say: "These are self-assessments as received and computed again by their criteria packs; the competent committee decides.",
    counted: [
        "Of {} verified forms.",
        "Of {} forms, {} of them signed by keys that nobody compared.",
    ],
    files: "Files received",
    status: "Status",
    number: "Number",
    read: "All",
    verdicts: "Results of self-assessment by type",
    decisions: "Decisions of the superior by type",
    forms: "Forms",
    unit_type: "Type",
    parent: "Parent",
    all: "All",
    no_name: "(not stated)",
    criteria: "Pass rate by criterion",
    criterion: "Criterion",
    passed_by_type: "Passed, by type",
    passed_by_parent: "Passed, by parent organisation",
    bars: ["passed", "failed", "not complete"],
    items: "Pass rate by item",
    item: "Item",
    met_by_type: "Met, of the forms to which the item applies, by type",
    failing: "Items that fail most",
    failed: "Not met",
    of: "{} of {}",
    failing_by_parent: "These items by parent organisation: forms that do not meet them",
    none_fails: "No item fails.",
    take_part: "Taking part in the pilot",
    take_part_say: "At least {} % of the organisations, by type and overall, rounded up.",
    no_list: "Without a list of units (--units) it is not known how many are to take part.",
    units: "Units",
    wanted: "Needed in all",
    registered: "Taking part",
    needed: "Still needed",
    highest: "Ceiling of “tasks completed excellently”",
    highest_say: "At most {} % of the base, rounded down. This is a ceiling, not a classification: “four-good” is one condition of it.",
    base: "Base: forms that are",
    bases: ["eligible to be proposed", "recognised", "received"],
    ceiling: "At most",
    no_forms: "No form counts.",
    point: '.',
};

impl Text {
    pub(super) fn of(lang: Lang) -> &'static Text {
        match lang {
            Lang::Vi => &VI,
            Lang::En => &EN,
        }
    }

    pub(super) fn status(&self, status: Status) -> &'static str {
        let both = match status {
            Status::Malformed => ["Không đọc được", "malformed"],
            Status::BadSignature => ["Chữ ký không hợp lệ", "bad signature"],
            Status::UnknownPack => ["Không có bộ tiêu chí", "unknown pack"],
            Status::OutcomeDiffers => ["Kết quả ghi khác kết quả tính lại", "outcome differs"],
            Status::UnknownKey => ["Khóa chưa đối chiếu", "unknown key"],
            Status::Verified => ["Đã xác minh", "verified"],
            Status::Superseded => ["Đã có bản mới hơn", "superseded"],
            Status::Duplicate => ["Trùng", "duplicate"],
            Status::Conflict => ["Mâu thuẫn, chờ quyết định", "conflict"],
        };
        self.pick(both)
    }

    pub(super) fn verdict(&self, verdict: FormVerdict) -> &'static str {
        self.pick(match verdict {
            FormVerdict::Eligible => ["Đủ điều kiện đề nghị", "eligible"],
            FormVerdict::NotEligible => ["Chưa đủ điều kiện", "not eligible"],
            FormVerdict::Incomplete => ["Chưa điền xong", "incomplete"],
            FormVerdict::Pending => ["Chờ xác minh", "pending"],
        })
    }

    pub(super) fn decision(&self, decision: AppraisalDecision) -> &'static str {
        self.pick(match decision {
            AppraisalDecision::Agreed => ["Nhất trí", "agreed"],
            AppraisalDecision::Returned => ["Trả lại", "returned"],
            AppraisalDecision::Recognised => ["Công nhận", "recognised"],
            AppraisalDecision::NotRecognised => ["Chưa công nhận", "not recognised"],
        })
    }

    fn pick(&self, both: [&'static str; 2]) -> &'static str {
        both[usize::from(self.lang == EN.lang)]
    }

    /// Tenths of a per cent, as `97,5 %`.
    pub(super) fn rate(&self, tenths: usize) -> String {
        format!("{}{}{}\u{a0}%", tenths / 10, self.point, tenths % 10)
    }
}

/// A sentence with its places filled.
pub(super) fn filled(sentence: &str, values: &[usize]) -> String {
    let mut text = sentence.to_owned();
    for value in values {
        text = text.replacen("{}", &value.to_string(), 1);
    }
    text
}
