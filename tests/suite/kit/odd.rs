//! Damaged and odd spreadsheets: each is answered with what to mend.

use std::io::{Cursor, Read, Write};

use bon_tot::json::Json;
use bon_tot::kit::import::{
    Content, Doubt, Encoding, FileError, ImportError, Imported, Options, Reason, Role, import,
};
use bon_tot::pack::{Pack, lint};
use bon_tot::sheets::grids_of;
use bon_tot::value::{Id, Version};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn options() -> Options {
    Options::new(Id::new("odd").unwrap(), Version::new("1.0.0").unwrap())
}

/// A workbook with one sheet.
fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

/// The workbook without the zeros that stand for values which nobody computed.
fn without_zeros(bytes: Vec<u8>) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..from.len() {
        let mut entry = from.by_index(place).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let name = entry.name().unwrap().into_owned();
        if name.ends_with("sheet1.xml") {
            assert!(text.contains("</f><v>0</v>"), "{text}");
            text = text.replace("</f><v>0</v>", "</f>");
        }
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// The head, and rows of number, text and points.
fn table(sheet: &mut Worksheet, first: u32, rows: &[(&str, &str, f64)]) {
    for (column, name) in (0..).zip(["STT", "Nội dung", "Điểm tối đa"]) {
        sheet.write(first, column, name).unwrap();
    }
    for (row, (number, text, points)) in (first + 1..).zip(rows) {
        sheet.write(row, 0, *number).unwrap();
        sheet.write(row, 1, *text).unwrap();
        if *points > 0.0 {
            sheet.write(row, 2, *points).unwrap();
        }
    }
}

const USUAL: [(&str, &str, f64); 6] = [
    ("I", "Chính trị tốt", 0.0),
    ("1", "Có nghị quyết", 10.0),
    ("2", "Có chương trình", 2.5),
    ("II", "Đoàn kết tốt", 0.0),
    ("1", "Nội bộ đoàn kết", 7.5),
    ("2", "Không có đơn thư", 5.0),
];

/// What comes of the first sheet of a file; the pack must be sound.
#[track_caller]
fn imported(bytes: Vec<u8>) -> Imported {
    let grids = grids_of(bytes).unwrap();
    let made = import(&grids[0], &options()).unwrap();
    let pack = Pack::from_json(&made.pack).unwrap();
    assert_eq!(lint::errors(&pack), []);
    // No row is lost: each that shows something is an item, a criterion, left out, or words in a help.
    let help: usize = pack.items.iter().filter_map(|item| item.help.as_ref()).count();
    let items = made.preview.criteria.iter().flat_map(|own| &own.items).count();
    let headings = made.preview.criteria.iter().filter(|own| own.row.is_some()).count();
    let filled = grids[0].rows.iter().filter(|row| row.iter().any(|cell| !cell.text.is_empty()));
    assert!(items + headings + made.preview.left_out.len() + help >= filled.count());
    made
}

/// The doubts but for the one that every import has.
#[track_caller]
fn check(made: &Imported, expected: &[Doubt]) {
    let usual = Doubt::Undecided { others_percent: 100 };
    let own: Vec<_> = made.doubts.iter().filter(|doubt| **doubt != usual).cloned().collect();
    assert_eq!(
        own,
        expected,
        "{:?}",
        made.doubts.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
}

fn points(made: &Imported) -> Vec<Option<i64>> {
    made.preview.criteria.iter().flat_map(|own| &own.items).map(|item| item.points).collect()
}

#[test]
fn an_ordinary_workbook_leaves_no_doubt() {
    let made = imported(book(|sheet| table(sheet, 3, &USUAL)));
    check(&made, &[]);
    assert_eq!(points(&made), [Some(100), Some(25), Some(75), Some(50)]);
    assert_eq!((made.preview.scale, made.preview.total), (Some(10), 250));
}

#[test]
fn merged_cells_are_taken_for_each_of_their_rows() {
    let made = imported(book(|sheet| {
        for (column, name) in (0..).zip(["Tiêu chí", "Nội dung", "Điểm"]) {
            sheet.write(0, column, name).unwrap();
        }
        let rows = [("Một", 10), ("Hai", 5), ("Ba", 5)];
        for (row, (text, points)) in (1..).zip(rows) {
            sheet.write(row, 1, text).unwrap();
            sheet.write(row, 2, points).unwrap();
        }
        sheet.merge_range(1, 0, 2, 0, "Chính trị tốt", &Format::new()).unwrap();
        sheet.write(3, 0, "Đoàn kết tốt").unwrap();
    }));
    check(&made, &[Doubt::Merged { column: 0, first: 1, last: 2 }]);
    let counts: Vec<_> = made.preview.criteria.iter().map(|own| own.items.len()).collect();
    assert_eq!(counts, [2, 1]);
}

#[test]
fn a_heading_that_is_merged_over_its_row_is_a_heading() {
    let made = imported(book(|sheet| {
        table(sheet, 0, &[("", "", 0.0), ("1", "Có nghị quyết", 10.0), ("2", "Có sổ", 5.0)]);
        sheet.merge_range(1, 0, 1, 2, "I. Chính trị tốt", &Format::new()).unwrap();
    }));
    check(&made, &[]);
    assert_eq!(made.preview.criteria[0].label, "Chính trị tốt");
    assert_eq!(points(&made), [Some(10), Some(5)]);
}

#[test]
fn numbers_that_are_texts_are_read_and_told() {
    let made = imported(book(|sheet| {
        table(sheet, 0, &USUAL);
        sheet.write(2, 2, "10").unwrap();
        sheet.write(3, 2, "2,5").unwrap();
        sheet.write(5, 2, "7,5 điểm").unwrap();
    }));
    check(&made, &[Doubt::NumbersAsText { column: 2, rows: vec![2, 3] }]);
    assert_eq!(points(&made), [Some(100), Some(25), Some(75), Some(50)]);
}

#[test]
fn hidden_rows_are_left_out_and_hidden_columns_told() {
    let bytes = book(|sheet| {
        table(sheet, 0, &USUAL);
        sheet.set_row_hidden(3).unwrap();
        sheet.set_column_hidden(2).unwrap();
    });
    let made = imported(bytes.clone());
    check(
        &made,
        &[Doubt::HiddenColumn { column: 2, role: Role::Points }, Doubt::HiddenRow { row: 3 }],
    );
    assert_eq!(points(&made), [Some(100), Some(75), Some(50)]);
    assert!(made.preview.left_out.iter().any(|own| (own.row, own.reason) == (3, Reason::Hidden)));
    let grids = grids_of(bytes).unwrap();
    let with_hidden = import(&grids[0], &Options { with_hidden: true, ..options() }).unwrap();
    assert_eq!(points(&with_hidden).len(), 4);
}

#[test]
fn old_encodings_are_named() {
    let cases: [(&[u8], Encoding); 3] = [
        (
            b"STT;N\xe9i dung;\xa7i\xd3m t\xe8i \xaea\n1;C\xe3 ngh\xde quy\xd5t;10\n",
            Encoding::Tcvn3,
        ),
        (b"STT;No\xe4i dung;\xd1ie\xe5m to\xe1i \xf1a\n1;Co\xf9 ngh\xf2;10\n", Encoding::Vni),
        (
            b"STT;N\xf4\xf2i dung;\xd0i\xea\xd2m t\xf4\xeci \xf0a\n1;M\xf4\xf2t;10\n",
            Encoding::Windows1258,
        ),
    ];
    for (bytes, encoding) in cases {
        let error = grids_of(bytes.to_vec()).unwrap_err();
        assert_eq!(error, FileError::OldEncoding(encoding));
        assert!(error.to_string().contains("UniKey"), "{error}");
    }
    let text = "STT\tNội dung\tĐiểm\nI\tTốt\t\n1\tMột\t10\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(grids_of(wide.clone()).unwrap_err(), FileError::OldEncoding(Encoding::Utf16));
    let marked = [vec![0xff, 0xfe], wide].concat();
    check(&imported(marked), &[]);
    assert_eq!(grids_of(vec![b'a', 0xff, 0xfe, b'\n']).unwrap_err(), FileError::NotUnicode);
}

#[test]
fn old_fonts_in_a_workbook_are_named() {
    let bytes = book(|sheet| {
        for (column, name) in (0..).zip(["STT", "Néi dung", "§iÓm tèi ®a"]) {
            sheet.write(0, column, name).unwrap();
        }
        sheet.write(1, 1, "Cã nghÞ quyÕt").unwrap();
    });
    let error = import(&grids_of(bytes).unwrap()[0], &options()).unwrap_err();
    assert_eq!(error, ImportError::OldEncoding(Encoding::Tcvn3));
    // A good head above old texts.
    let made =
        imported(book(|sheet| table(sheet, 0, &[("I", "Tèt", 0.0), ("1", "Cã nghÞ quyÕt", 10.0)])));
    check(&made, &[Doubt::OldEncoding { row: 2, column: 1, encoding: Encoding::Tcvn3 }]);
}

#[test]
fn a_table_without_a_head_is_refused_until_its_columns_are_said() {
    let bytes = "I;Chính trị tốt;\n1;Có nghị quyết;10\n".as_bytes().to_vec();
    let grids = grids_of(bytes).unwrap();
    let error = import(&grids[0], &options()).unwrap_err();
    assert_eq!(error, ImportError::NoHead);
    assert!(error.to_string().contains("Nội dung"), "{error}");
    let columns = vec![(Role::Number, Some(0)), (Role::Label, Some(1)), (Role::Points, Some(2))];
    let made = import(&grids[0], &Options { columns, ..options() }).unwrap();
    check(&made, &[]);
    assert_eq!(points(&made), [Some(10)]);
    for empty in ["", ";;\n;;\n"] {
        let grids = grids_of(empty.as_bytes().to_vec()).unwrap();
        assert_eq!(import(&grids[0], &options()).unwrap_err(), ImportError::Empty);
    }
    let only = grids_of("STT;Nội dung;Điểm\n".as_bytes().to_vec()).unwrap();
    assert_eq!(import(&only[0], &options()).unwrap_err(), ImportError::NoItems { head: 0 });
}

#[test]
fn ids_and_numbers_that_stand_twice_are_told() {
    let text = "STT;Mã;Nội dung;Điểm\nI;;Tốt;\n1;a;Một;1\n2;a;Hai;1\n2;b c;Ba;1\n3;c1.02;Bốn;1\n";
    let made = imported(text.as_bytes().to_vec());
    check(
        &made,
        &[
            Doubt::NumberTwice { row: 4, first: 3, number: "2".to_owned() },
            Doubt::IdTwice { row: 3, first: 2, id: Id::new("a").unwrap() },
            Doubt::IdInvalid { row: 4, column: 1, text: "b c".to_owned() },
        ],
    );
    let ids: Vec<_> = made.preview.criteria[0].items.iter().map(|item| item.id.as_str()).collect();
    // c1.02 is taken by the table itself.
    assert_eq!(ids, ["a", "c1.02-2", "c1.03", "c1.02"]);
}

#[test]
fn a_second_table_is_left_out_and_a_second_page_is_not() {
    let made = imported(book(|sheet| {
        table(sheet, 0, &USUAL);
        for (column, name) in (0..).zip(["STT", "Đơn vị", "Nội dung", "Ghi chú"]) {
            sheet.write(9, column, name).unwrap();
        }
        sheet.write(10, 2, "Chi bộ xóm Một").unwrap();
    }));
    check(&made, &[Doubt::SecondTable { row: 9 }]);
    assert_eq!(points(&made).len(), 4);
    let left: Vec<_> = made.preview.left_out.iter().map(|own| (own.row, own.reason)).collect();
    assert_eq!(left, [(0, Reason::Head), (9, Reason::OtherTable), (10, Reason::OtherTable)]);

    let page = "STT;Nội dung;Điểm\nI;Tốt;\n1;Một;1\nSTT;Nội dung;Điểm\n2;Hai;1\n";
    let made = imported(page.as_bytes().to_vec());
    check(&made, &[]);
    assert_eq!(points(&made).len(), 2);

    let beside = "STT;Nội dung;Điểm;;STT;Nội dung;Điểm\nI;Tốt;;;I;Khác;\n1;Một;1;;1;Hai;2\n";
    let made = imported(beside.as_bytes().to_vec());
    let twice = |role, first| Doubt::ColumnTwice { role, first, second: first + 4 };
    check(&made, &[twice(Role::Number, 0), twice(Role::Label, 1), twice(Role::Points, 2)]);
}

#[test]
fn formulas_without_values_errors_and_days_are_told_by_their_cells() {
    let made = imported(without_zeros(book(|sheet| {
        table(sheet, 0, &USUAL);
        sheet.write(2, 2, Formula::new("=B1+1")).unwrap();
        sheet.write(3, 2, Formula::new("=#REF!+1").set_result("#REF!")).unwrap();
        let day = ExcelDateTime::from_ymd(2026, 5, 2).unwrap();
        sheet.write_with_format(5, 2, &day, &Format::new().set_num_format("d-m")).unwrap();
        sheet.write(6, 2, "từ 1 đến 5").unwrap();
    })));
    check(
        &made,
        &[
            Doubt::FormulaWithoutValue { row: 2, column: 2 },
            Doubt::ErrorCell { row: 3, column: 2, text: "#REF!".to_owned() },
            Doubt::PointsAreADay { row: 5, column: 2, text: "2026-05-02".to_owned() },
            Doubt::PointsUnreadable { row: 6, column: 2, text: "từ 1 đến 5".to_owned() },
        ],
    );
    assert_eq!(points(&made), [None; 4]);
    let told: Vec<_> = made.doubts.iter().map(ToString::to_string).collect();
    assert!(told[0].starts_with("cell C3 is a formula without a value"), "{told:?}");
}

#[test]
fn sums_that_do_not_add_up_are_told() {
    let text = "STT;Nội dung;Điểm\nI;Một;20\n1;a;10\n2;b;5\nII;Hai;5\n1;c;5\n;Tổng cộng;100\n";
    let made = imported(text.as_bytes().to_vec());
    check(
        &made,
        &[
            Doubt::SumDiffers { row: 1, stated: "20".to_owned(), sum: "15".to_owned() },
            Doubt::TotalDiffers { row: 6, stated: "100".to_owned(), sum: "20".to_owned() },
        ],
    );
}

#[test]
fn files_that_are_no_workbooks_of_today_say_what_to_do() {
    let old = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    assert_eq!(grids_of(old.to_vec()).unwrap_err(), FileError::OldWorkbook);
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [old.to_vec(), vec![0; 600], name].concat();
    assert_eq!(grids_of(locked).unwrap_err(), FileError::Protected);
    let whole = book(|sheet| table(sheet, 0, &USUAL));
    for length in [whole.len() / 2, whole.len() - 10] {
        let error = grids_of(whole[..length].to_vec()).unwrap_err();
        assert!(matches!(error, FileError::Damaged(_)), "{error:?}");
        assert!(error.to_string().contains("cut off or damaged"), "{error}");
    }
    let quoted = "STT;Nội dung\n1;\"Một\n";
    assert_eq!(grids_of(quoted.as_bytes().to_vec()).unwrap_err(), FileError::Quotation);
}

#[test]
fn kinds_units_and_remarks_come_into_the_pack() {
    let text = "STT;Tiêu chí;Nội dung;English;Điểm;Loại;Đối tượng;Minh chứng;Ghi chú;Điểm tự chấm\n\
        1;Tốt;Số buổi;Meetings;5;Số;unit:*;Sổ;Đếm cả năm;\n\
        2;;Bắt buộc có;;5;Bắt buộc;Chi bộ cơ quan;;;3\n\
        3;;Lạ;;-2;lạ;;;;\n4;;Khác;;5;lạ;;;;\n";
    let made = imported(text.as_bytes().to_vec());
    let column = |column, name: &str| Doubt::ColumnUnused { column, name: name.to_owned() };
    let at = |row, column, text: &str| (row, column, text.to_owned());
    let (row, c, words) = at(2, 6, "Chi bộ cơ quan");
    let applies = Doubt::AppliesUnknown { row, column: c, text: words };
    let (row, c, words) = at(4, 5, "lạ");
    let kind = Doubt::KindUnknown { row, column: c, text: words };
    let negative = Doubt::NegativePoints { row: 3, points: "-2".to_owned() };
    // `unit` is no level of a pack whose levels were not said.
    let (row, c, words) = at(1, 6, "unit:*");
    let first = Doubt::AppliesUnknown { row, column: c, text: words };
    check(&made, &[column(9, "Điểm tự chấm"), negative, first, applies, kind]);
    let Some(Json::List(items)) = made.pack.get("items") else { panic!("no items") };
    assert_eq!(items[0].get("evidence"), Some(&"optional".into()));
    assert_eq!(items[0].get("label").unwrap().get("en"), Some(&"Meetings".into()));
    assert_eq!(items[1].get("mandatory"), Some(&Json::Bool(true)));
    let help = items[0].get("help").unwrap().get("vi").unwrap().as_text().unwrap();
    assert_eq!(help, "Đối tượng: unit:*\nMinh chứng: Sổ\nĐếm cả năm");
}

#[test]
fn a_grid_says_what_its_cells_hold() {
    let grids = grids_of(book(|sheet| table(sheet, 0, &USUAL))).unwrap();
    let cell = grids[0].cell(3, 2).unwrap();
    assert_eq!((cell.text.as_str(), cell.content), ("2.5", Content::Number));
    assert!(grids[0].is_typed);
}
