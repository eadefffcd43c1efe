//! Phrases that a party cell could have written; no real person or event.

use crate::form::{Practice, Remarks};
use crate::value::Date;

use super::generator::Generator;
use super::values::Setting;

/// What was done.
pub(super) const WORK: [&str; 8] = [
    "Vận động 120 ngày công, làm 400 m đường bê tông liên xóm",
    "Hỗ trợ 3 hộ nghèo sửa nhà, tặng 25 suất quà Tết cho gia đình chính sách",
    "Nhận giúp đỡ 4 học sinh có hoàn cảnh khó khăn đến trường",
    "Trang bị thêm 2 máy vi tính, sửa lại phòng họp và khu vệ sinh",
    "Phân công đảng viên phụ trách từng nhóm hộ, giúp 6 hộ thoát nghèo",
    "Trả kết quả hồ sơ đúng hạn, không để người dân phải đi lại nhiều lần",
    "Xây bể nước chung, lắp 18 bóng đèn trên đường ra khu sản xuất",
    "Tổ chức khám sức khỏe, mua bảo hiểm y tế cho người lao động",
];

/// Why an item is not met.
pub(super) const NOT_MET: [&str; 7] = [
    "Thực hiện chưa đầy đủ trong kỳ",
    "Triển khai chậm so với kế hoạch",
    "Chi ủy mới kiện toàn, chưa theo dõi sát",
    "Một số đảng viên đi làm ăn xa, chưa tham gia đầy đủ",
    "Hồ sơ chưa đầy đủ theo yêu cầu",
    "Cấp trên đã nhắc nhở, đang khắc phục",
    "Chưa hoàn thành trong kỳ, chuyển sang kỳ sau",
];

/// Why an item does not apply.
pub(super) const SKIPPED: [&str; 4] = [
    "Trong kỳ không phát sinh nội dung này",
    "Không được giao nội dung này trong kỳ",
    "Đơn vị không thuộc đối tượng của nội dung này",
    "Chưa có điều kiện thực hiện, đã báo cáo cấp trên",
];

/// Why the numbers do not tell the truth.
pub(super) const OVERRULED: [&str; 4] = [
    "Số vắng đều do trực phòng, chống bão theo lệnh huy động, có xác nhận của cấp trên",
    "Số liệu tính cả việc được cấp trên cho lùi sang kỳ sau, có văn bản",
    "Hai đảng viên nằm viện dài ngày, chi bộ đã cử người truyền đạt lại",
    "Cấp trên đã điều chỉnh chỉ tiêu giữa kỳ, có thông báo kèm theo",
];

/// Why the exception of a gate holds.
pub(super) const EXCEPTIONS: [&str; 3] = [
    "Chi bộ tự phát hiện qua kiểm tra, đã khắc phục xong trong kỳ",
    "Đảng viên tự giác báo cáo, chi bộ đã xử lý và khắc phục xong",
    "Cấp ủy tự phát hiện, chủ động báo cáo cấp trên và khắc phục hậu quả",
];

const PRACTICES: [(&str, &str); 6] = [
    (
        "Mỗi đảng viên giúp một hộ khó khăn",
        "Đảng viên nhận giúp một hộ về giống, kỹ thuật, ngày công; hằng quý báo cáo trước chi bộ.",
    ),
    (
        "Sinh hoạt chuyên đề tại thực địa",
        "Mỗi quý một buổi sinh hoạt ở nơi có việc khó, bàn và phân công ngay tại chỗ.",
    ),
    (
        "Tổ phản ánh của dân",
        "Ý kiến của người dân được ghi vào sổ, trả lời tại kỳ sinh hoạt tiếp theo và công khai ở nhà văn hóa.",
    ),
    (
        "Sổ việc của chi bộ",
        "Mỗi việc trong nghị quyết có người làm, thời hạn, kết quả; đọc lại ở đầu mỗi kỳ sinh hoạt.",
    ),
    (
        "Đường hoa thay rác",
        "Đảng viên làm trước, vận động các hộ trồng và chăm sóc 600 m đường hoa, thu gom rác hằng tuần.",
    ),
    (
        "Ngày thứ Bảy vì dân",
        "Mỗi tháng một ngày thứ Bảy giúp người cao tuổi làm thủ tục trực tuyến và sửa việc nhà.",
    ),
];

const STRENGTHS: [&str; 4] = [
    "Nội bộ đoàn kết, duy trì nền nếp sinh hoạt, nghị quyết sát tình hình.",
    "Hoàn thành các nhiệm vụ được giao; đảng viên gương mẫu, được Nhân dân tin tưởng.",
    "Chất lượng sinh hoạt có chuyển biến, nhiều ý kiến thiết thực.",
    "Cấp ủy quan tâm bồi dưỡng nguồn phát triển đảng viên.",
];

const LIMITS: [&str; 4] = [
    "Một số đảng viên còn ít phát biểu trong sinh hoạt.",
    "Công tác phát triển đảng viên trẻ còn khó khăn.",
    "Việc theo dõi thực hiện nghị quyết có lúc chưa kịp thời.",
    "Tự phê bình và phê bình có lúc còn nể nang.",
];

const CAUSES: [&str; 3] = [
    "Đảng viên đi làm ăn xa nhiều; địa bàn rộng, đi lại khó khăn.",
    "Cấp ủy kiêm nhiệm nhiều việc, thiếu thời gian kiểm tra.",
    "Kỹ năng chuẩn bị và điều hành sinh hoạt còn hạn chế.",
];

const REMEDIES: [&str; 3] = [
    "Phân công cấp ủy viên theo dõi từng việc, báo cáo hằng tháng.",
    "Gửi trước nội dung sinh hoạt, gợi ý đảng viên chuẩn bị ý kiến.",
    "Giao mỗi tổ đảng giới thiệu ít nhất một quần chúng ưu tú.",
];

/// Evidence: a document of the unit with its number and date, or a book.
pub(super) fn evidence(setting: &Setting<'_>, generator: &mut Generator) -> String {
    let first_level = setting.pack.levels.first().map(|level| &level.id);
    let office = if first_level == Some(&setting.form.unit.level) { "CB" } else { "ĐU" };
    let number = generator.between(1, 40);
    let day = written(setting.times.day(generator));
    match generator.below(6) {
        0 => format!("Biên bản sinh hoạt ngày {day}"),
        1 => format!("Báo cáo số {number:02}-BC/{office} ngày {day}"),
        2 => format!("Nghị quyết số {number:02}-NQ/{office} ngày {day}"),
        3 => format!("Kế hoạch số {number:02}-KH/{office} ngày {day}"),
        4 => format!("Sổ biên bản, trang {number}"),
        _ => format!("Thông báo kết quả ngày {day}"),
    }
}

/// A day as documents write it.
fn written(day: Date) -> String {
    let (year, month, day) = day.parts();
    format!("{day:02}/{month:02}/{year}")
}

/// Good models: a third of the units have one, some have two.
pub(super) fn practices(generator: &mut Generator) -> Vec<Practice> {
    let count = match generator.below(10) {
        0..=5 => 0,
        6..=8 => 1,
        _ => 2,
    };
    let mut all = PRACTICES;
    generator.shuffle(&mut all);
    let some = all.iter().take(count);
    some.map(|(title, text)| Practice { title: (*title).to_owned(), text: (*text).to_owned() })
        .collect()
}

/// Remarks; a good form rarely has limits.
pub(super) fn remarks(is_good: bool, generator: &mut Generator) -> Remarks {
    let mut remarks = Remarks::default();
    let has_limits = generator.percent(if is_good { 50 } else { 95 });
    remarks.strengths = generator.phrase(&STRENGTHS);
    if has_limits {
        remarks.limits = generator.phrase(&LIMITS);
        remarks.causes = generator.phrase(&CAUSES);
        remarks.remedies = generator.phrase(&REMEDIES);
    }
    remarks
}
