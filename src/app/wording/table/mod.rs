//! What is said of a table that is to become criteria, in words: what to look at, what was left out, what to mend.

mod doubt;
#[cfg(test)]
mod tests;

pub use doubt::doubt;

use crate::app::text::fill;
use crate::kit::import::{Encoding, FileError, ImportError, Reason, Role};
use crate::value::Lang;

/// A sentence in Vietnamese and English, and its values in the order of both.
type Sentence = ([&'static str; 2], Vec<String>);

fn in_words(lang: Lang, (words, values): Sentence) -> String {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    fill(of(lang, words), &values)
}

fn of(lang: Lang, [vi, en]: [&'static str; 2]) -> &'static str {
    if lang == Lang::En { en } else { vi }
}

/// The roles of columns, in the order of [`Role::ALL`].
const ROLES: [[&str; 2]; Role::ALL.len()] = [
    ["số thứ tự", "number"],
    ["mã mục", "code of the item"],
    ["tiêu chí", "criterion"],
    ["nội dung (tên mục)", "item (what is asked)"],
    ["nội dung tiếng Anh", "item in English"],
    ["điểm tối đa", "most points"],
    ["loại câu trả lời", "kind of answer"],
    ["áp dụng cho đơn vị nào", "units it applies to"],
    ["minh chứng", "evidence"],
    ["ghi chú, hướng dẫn", "note, help"],
];

/// What a column is for.
pub fn role(lang: Lang, role: Role) -> &'static str {
    let place = Role::ALL.iter().position(|own| *own == role);
    place.and_then(|place| ROLES.get(place)).map_or("", |words| of(lang, *words))
}

/// Why a row is not among the criteria.
pub fn reason(lang: Lang, reason: Reason) -> &'static str {
    let words = match reason {
        Reason::Above => ["nằm trên bảng", "above the table"],
        Reason::Head => ["dòng tên cột", "the head of the table"],
        Reason::HeadAgain => ["dòng tên cột lặp lại", "the head once more"],
        Reason::ColumnNumbers => ["dòng đánh số cột", "the numbers of the columns"],
        Reason::Total => ["dòng tổng cộng", "a total"],
        Reason::Hidden => ["dòng bị ẩn", "hidden"],
        Reason::OtherTable => ["thuộc bảng khác", "another table"],
        Reason::WholeTable => ["tên chung của cả bảng", "a heading over all criteria"],
        Reason::NoItemsBelow => ["tên tiêu chí không có mục", "a heading without items"],
        Reason::Negative => ["điểm trừ", "takes points away"],
        Reason::Words => {
            ["chữ không có số thứ tự, không có điểm", "words without number or points"]
        }
        Reason::NoLabel => ["không ghi nội dung", "says nothing of what is asked"],
    };
    of(lang, words)
}

/// The name of an old encoding.
fn encoding(lang: Lang, encoding: Encoding) -> &'static str {
    let words = match encoding {
        Encoding::Tcvn3 => ["TCVN3 (ABC, phông .VnTime)", "TCVN3 (ABC, fonts .VnTime)"],
        Encoding::Vni => ["VNI (phông VNI-Times)", "VNI (fonts VNI-Times)"],
        Encoding::Windows1258 => ["Windows-1258", "Windows-1258"],
        Encoding::Utf16 => ["UTF-16 không có dấu thứ tự byte", "UTF-16 without a byte order mark"],
    };
    of(lang, words)
}

/// Why nothing can be made of a sheet, and what to do.
pub fn unmade(lang: Lang, error: &ImportError) -> String {
    let sentence = match error {
        ImportError::Empty => (
            [
                "Trang tính này trống. Chọn trang tính khác.",
                "The sheet is empty. Choose another sheet.",
            ],
            vec![],
        ),
        ImportError::NoHead => (
            [
                "Không thấy dòng nào ghi tên cột. Ghi “STT”, “Nội dung”, “Điểm tối đa” ở dòng đầu bảng rồi chọn lại tệp, hoặc chọn ở dưới cột nào là nội dung.",
                "No row names the columns. Write “STT”, “Nội dung”, “Điểm tối đa” above them and choose the file again, or say below which column is the item.",
            ],
            vec![],
        ),
        ImportError::OldEncoding(old) => (
            [
                "Bảng này gõ theo bảng mã cũ {}. Chuyển sang Unicode (trong UniKey: Ctrl+Shift+F6) rồi chọn lại tệp.",
                "The table is written in the old encoding {}. Convert it to Unicode (in UniKey: Ctrl+Shift+F6) and choose the file again.",
            ],
            vec![encoding(lang, *old).to_owned()],
        ),
        ImportError::NoItems { head } => (
            [
                "Dưới dòng tên cột (dòng {}) không có dòng nào là mục. Xem lại cột nào là nội dung.",
                "No row below the head (row {}) is an item. Look again at which column is the item.",
            ],
            vec![line(head)],
        ),
    };
    in_words(lang, sentence)
}

/// Why a file is no table, and what to do.
pub fn refused(lang: Lang, error: &FileError) -> String {
    let none = Vec::new();
    let sentence = match error {
        FileError::TooLarge => (
            [
                "Tệp lớn quá so với một bảng tiêu chí. Chỉ giữ lại trang tính cần dùng rồi lưu lại.",
                "The file is too large for a table of criteria. Keep the one sheet that matters and save it again.",
            ],
            none,
        ),
        FileError::OldWorkbook => (
            [
                "Đây là tệp Excel đời cũ (.xls). Mở bằng Excel hoặc LibreOffice rồi lưu thành .xlsx.",
                "This is a workbook of before 2007 (.xls). Open it in a spreadsheet and save it as .xlsx.",
            ],
            none,
        ),
        FileError::Protected => (
            [
                "Tệp bị khóa bằng mật khẩu. Mở tệp, bỏ mật khẩu rồi lưu lại.",
                "The workbook is locked by a password. Open it, remove the password and save it again.",
            ],
            none,
        ),
        FileError::Damaged(_) => (
            [
                "Tệp bị hỏng hoặc bị cắt cụt. Mở bằng Excel hoặc LibreOffice rồi lưu lại, hoặc xin lại tệp.",
                "The workbook is cut off or damaged. Open it in a spreadsheet and save it again, or ask for the file once more.",
            ],
            none,
        ),
        FileError::NotUnicode => (
            [
                "Chữ trong tệp không phải Unicode. Lưu lại thành “CSV UTF-8” hoặc .xlsx.",
                "The text is not Unicode. Save it as “CSV UTF-8” or as .xlsx.",
            ],
            none,
        ),
        FileError::OldEncoding(old) => (
            [
                "Chữ trong tệp theo bảng mã cũ {}. Chuyển sang Unicode (trong UniKey: Ctrl+Shift+F6), hoặc lưu thành “CSV UTF-8”.",
                "The text is in the old encoding {}. Convert it to Unicode (in UniKey: Ctrl+Shift+F6), or save it as “CSV UTF-8”.",
            ],
            vec![encoding(lang, *old).to_owned()],
        ),
        FileError::Quotation => (
            [
                "Có dấu ngoặc kép mở mà không đóng. Lưu bảng thành .xlsx, hoặc xóa dấu đó.",
                "A quotation mark is never closed. Save the table as .xlsx, or delete the mark.",
            ],
            none,
        ),
    };
    in_words(lang, sentence)
}

fn line(row: &usize) -> String {
    (row + 1).to_string()
}
