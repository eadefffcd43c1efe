//! Doubts on a table, in words.

use super::{Sentence, encoding, in_words, line, role};
use crate::kit::import::{Doubt, Role, letters, one_line};
use crate::value::{Lang, cut};

/// The most characters that a sentence repeats of a cell.
const QUOTED: usize = 60;

fn cell(row: &usize, column: &usize) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// What a cell says, in one line.
fn quoted(text: &str) -> String {
    cut(&one_line(text), QUOTED).into_owned()
}

/// A number of points with the decimal sign of the language, whichever the table used.
fn amount(lang: Lang, points: &str) -> String {
    let (from, to) = if lang == Lang::En { (',', ".") } else { ('.', ",") };
    points.replace(from, to)
}

/// What to look at in a table, and what to do.
pub fn doubt(lang: Lang, doubt: &Doubt) -> String {
    in_words(lang, doubted(lang, doubt))
}

pub(super) fn doubted(lang: Lang, doubt: &Doubt) -> Sentence {
    let named = |own: &Role| role(lang, *own).to_owned();
    match doubt {
        Doubt::Undecided { others_percent } => (
            [
                "Bảng không nói khi nào thì tiêu chí đạt: tạm đặt phải đạt {} % số mục, sửa lại ở phần “Tiêu chí và mục”.",
                "The table does not say when a criterion is passed: {} % of its items must be met until you set it under “Criteria and items”.",
            ],
            vec![others_percent.to_string()],
        ),
        Doubt::ColumnTwice { role: own, first, second } => (
            [
                "Cột {} và cột {} đều mang tên của “{}”: đã lấy cột đầu. Nếu là hai bảng thì để mỗi bảng một trang tính, hoặc chọn lại cột.",
                "Columns {} and {} are both called as “{}” is: the first was taken. Put a second table on a sheet of its own, or choose the column.",
            ],
            vec![letters(first), letters(second), named(own)],
        ),
        Doubt::ColumnUnused { column, name } => (
            [
                "Cột {} (“{}”) chưa dùng đến. Nếu cần thì chọn cột đó là gì.",
                "Column {} (“{}”) was not used. Choose what it is, if it matters.",
            ],
            vec![letters(column), quoted(name)],
        ),
        Doubt::HiddenColumn { column, role: own } => (
            [
                "Cột {} (“{}”) bị ẩn nhưng vẫn được lấy. Cho hiện cột đó lên và xem lại.",
                "Column {} (“{}”) is hidden and was used all the same. Show it and look at it.",
            ],
            vec![letters(column), named(own)],
        ),
        Doubt::NoPointsColumn => (
            [
                "Không cột nào mang tên điểm, nên bộ tiêu chí không có điểm. Nếu có điểm thì đặt tên cột là “Điểm tối đa” hoặc chọn cột.",
                "No column is called as points are, so the pack has none. Name the column “Điểm tối đa” or choose it, if there should be.",
            ],
            Vec::new(),
        ),
        Doubt::Merged { column, first, last } => (
            [
                "Từ dòng {} đến dòng {} dùng chung một ô gộp ở cột {}: lấy cho từng dòng. Nếu không phải vậy thì bỏ gộp ô.",
                "Rows {} to {} share a merged cell in column {}: it was taken for each of them. Undo the merge if that is wrong.",
            ],
            vec![line(first), line(last), letters(column)],
        ),
        Doubt::NumbersAsText { column, rows } => (
            [
                "{} ô ở cột {} ghi số dưới dạng chữ, từ dòng {}: đã đọc là số.",
                "{} cells of column {} are texts that look like numbers, from row {} on: they were read as numbers.",
            ],
            vec![
                rows.len().to_string(),
                letters(column),
                rows.first().map(line).unwrap_or_default(),
            ],
        ),
        Doubt::SubHeading { row } => (
            [
                "Dòng {} là tên nhóm nằm trong một tiêu chí: chữ được đưa vào phần hướng dẫn của các mục bên dưới.",
                "Row {} is a heading within a criterion: its words were put into the help of its items.",
            ],
            vec![line(row)],
        ),
        Doubt::NoHeadings => (
            [
                "Không dòng nào là tên tiêu chí: mọi mục nằm trong một tiêu chí. Đánh số các tiêu chí I, II, III hoặc thêm cột “Tiêu chí”.",
                "No row of the table is a heading: all items are in one criterion. Number the headings I, II, III or add a column “Tiêu chí”.",
            ],
            Vec::new(),
        ),
        Doubt::OldEncoding { row, column, encoding: old } => (
            [
                "Ô {} gõ theo bảng mã cũ {}. Chuyển tệp sang Unicode (trong UniKey: Ctrl+Shift+F6) rồi chọn lại.",
                "Cell {} is written in the old encoding {}. Convert the file to Unicode (in UniKey: Ctrl+Shift+F6) and choose it again.",
            ],
            vec![cell(row, column), encoding(lang, *old).to_owned()],
        ),
        Doubt::HiddenRow { row } => (
            [
                "Dòng {} bị ẩn nên không lấy. Cho hiện dòng đó lên, xóa đi, hoặc chọn lấy cả dòng ẩn.",
                "Row {} is hidden and was left out. Show it, delete it, or take hidden rows too.",
            ],
            vec![line(row)],
        ),
        Doubt::ErrorCell { row, column, text } => (
            [
                "Ô {} báo lỗi {}. Sửa công thức hoặc gõ thẳng giá trị.",
                "Cell {} holds the error {}. Mend the formula or write the value.",
            ],
            vec![cell(row, column), quoted(text)],
        ),
        Doubt::FormulaWithoutValue { row, column } => (
            [
                "Ô {} là công thức chưa tính. Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại, hoặc gõ thẳng giá trị.",
                "Cell {} is a formula without a value. Open the file in a spreadsheet and save it again, or write the value.",
            ],
            vec![cell(row, column)],
        ),
        Doubt::PointsUnreadable { row, column, text } => (
            [
                "Ô {}: “{}” không phải một số điểm. Ghi một số, ví dụ 10 hoặc 2,5.",
                "Cell {}: “{}” is no number of points. Write one number, such as 10 or 2,5.",
            ],
            vec![cell(row, column), quoted(text)],
        ),
        Doubt::PointsAreADay { row, column, text } => (
            [
                "Ô {} là ngày ({}): bảng tính tự đổi từ chữ như 2-5 hoặc 1.5. Định dạng cột đó là văn bản rồi gõ lại điểm.",
                "Cell {} is a day ({}): the spreadsheet made it of something like 2-5 or 1.5. Format the column as text and write the points again.",
            ],
            vec![cell(row, column), quoted(text)],
        ),
        Doubt::NegativePoints { row, points } => (
            [
                "Dòng {} trừ {} điểm nên không lấy. Thêm vào phần “Điểm”, mục điểm cộng, điểm trừ.",
                "Row {} takes {} points away and was left out. Add it under “Points” as a bonus or penalty.",
            ],
            vec![line(row), amount(lang, points)],
        ),
        Doubt::NoPoints { row } => (
            [
                "Dòng {} không có điểm trong khi các dòng khác có: mục này không tính điểm cho đến khi được ghi điểm.",
                "Row {} has no points, but others have: it counts nothing until you give it some.",
            ],
            vec![line(row)],
        ),
        Doubt::Steps { row } => (
            [
                "Dưới dòng {} có các mức điểm: đã đưa vào phần hướng dẫn của mục. Đặt thành mức điểm ở trang của mục.",
                "Below row {} stand steps of its points: they were put into its help. Make steps of points of them on the page of the item.",
            ],
            vec![line(row)],
        ),
        Doubt::NumberTwice { row, first, number } => (
            [
                "Dòng {} và dòng {} cùng số thứ tự {}: có thể một dòng còn sót từ bảng cũ.",
                "Rows {} and {} have the same number {}: one of them may be left from an earlier table.",
            ],
            vec![line(first), line(row), quoted(number)],
        ),
        Doubt::IdTwice { row, first, id } => (
            [
                "Dòng {} trùng mã {} với dòng {}: đã đặt mã mới. Sửa một trong hai.",
                "Row {} has the code {} of row {}: a new one was made. Correct one of them.",
            ],
            vec![line(row), id.to_string(), line(first)],
        ),
        Doubt::IdInvalid { row, column, text } => (
            [
                "Ô {}: “{}” không dùng làm mã được (1 đến 40 chữ không dấu, số, dấu . _ -): đã đặt mã khác.",
                "Cell {}: “{}” is no code (1 to 40 of A-Z a-z 0-9 . _ -): one was made.",
            ],
            vec![cell(row, column), quoted(text)],
        ),
        Doubt::KindUnknown { row, column, text } => (
            [
                "Ô {}: không rõ loại câu trả lời “{}”: mục này hỏi đạt hay không đạt.",
                "Cell {}: the kind of answer “{}” is not known: the item asks for met or not met.",
            ],
            vec![cell(row, column), quoted(text)],
        ),
        Doubt::AppliesUnknown { row, column, text } => (
            [
                "Ô {}: “{}” không phải cấp hay loại hình của bộ tiêu chí này: mục áp dụng cho mọi đơn vị, chữ được đưa vào hướng dẫn. Chọn cấp và loại hình ở trên, hoặc sửa ô đó.",
                "Cell {}: “{}” is no level or type of this pack: the item belongs to every form, and the words were put into its help. Choose levels and types above, or correct the cell.",
            ],
            vec![cell(row, column), quoted(text)],
        ),
        Doubt::SecondTable { row } => (
            [
                "Từ dòng {} là một bảng khác nên không lấy. Để bảng đó sang trang tính riêng.",
                "Another table begins in row {} and was left out. Put it on a sheet of its own.",
            ],
            vec![line(row)],
        ),
        Doubt::SumDiffers { row, stated, sum } => (
            [
                "Dòng {} ghi {} điểm nhưng các dòng bên dưới cộng lại là {}. Sửa một trong hai; tạm tính theo các dòng bên dưới.",
                "Row {} says {} points, but the rows below it add up to {}. Correct one of them; the rows below count.",
            ],
            vec![line(row), amount(lang, stated), amount(lang, sum)],
        ),
        Doubt::TotalDiffers { row, stated, sum } => (
            [
                "Dòng tổng (dòng {}) ghi {} nhưng các mục cộng lại là {}. Sửa một trong hai; tạm tính theo các mục.",
                "The total in row {} is {}, but the items add up to {}. Correct one of them; the items count.",
            ],
            vec![line(row), amount(lang, stated), amount(lang, sum)],
        ),
        Doubt::NoItemsBelow { row } => (
            [
                "Dòng {} giống tên tiêu chí nhưng bên dưới không có mục nào. Thêm mục hoặc xóa dòng đó.",
                "Row {} looks like a criterion, but no item follows. Give it items or delete it.",
            ],
            vec![line(row)],
        ),
        Doubt::LoneItem { row } => (
            [
                "Dòng {} đứng ngang các tiêu chí, không thuộc tiêu chí nào: đã lập thành một tiêu chí riêng.",
                "Row {} stands beside the headings, in none of them: it was made a criterion of its own.",
            ],
            vec![line(row)],
        ),
    }
}
