//! The form kit: a table becomes a pack, an odd workbook is answered with what to mend, and two versions are compared.

use std::fs;
use std::path::Path;

use bon_tot::json::{PACK_LIMIT, parse};
use bon_tot::pack::Pack;
use bon_tot::seal::{Published, PublishedContent, SecretKey};
use bon_tot::value::{Date, Instant};
use rust_xlsxwriter::Workbook;
use serde_json::json;

use crate::support::journey;
use crate::support::page::Page;

const HUNDRED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/kit/hundred.csv");
const TINY: &str = include_str!("../suite/vectors/pack/tiny.json");

/// Two sheets, of which the second has the table: with a hidden row, numbers as texts, an error and a total that is wrong.
fn odd(file: &Path) {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Ghi chú").unwrap().write(0, 0, "Bản nháp").unwrap();
    let sheet = book.add_worksheet().set_name("Bảng điểm").unwrap();
    for (column, name) in (0..).zip(["STT", "Nội dung", "Điểm tối đa", "Người theo dõi"])
    {
        sheet.write(0, column, name).unwrap();
    }
    let rows = [
        ("I", "Chính trị tốt", ""),
        ("1", "Có nghị quyết", "10"),
        ("2", "Có chương trình", "5"),
        ("3", "Mục cũ", "5"),
        ("4", "Có kế hoạch", "hai điểm"),
        ("", "Tổng cộng", "100"),
    ];
    for (row, (number, text, points)) in (1..).zip(rows) {
        sheet.write(row, 0, number).unwrap();
        sheet.write(row, 1, text).unwrap();
        sheet.write(row, 2, points).unwrap();
    }
    sheet.write(2, 3, "Ông Ba").unwrap();
    sheet.set_row_hidden(4).unwrap();
    book.save(file).unwrap();
}

async fn part(page: &Page, name: &str) {
    if page.sees("kit-parts-toggle").await {
        page.click("kit-parts-toggle").await;
    }
    page.click(&format!("kit-part-{name}")).await;
    page.has(&format!("kit-part-{name}"), "aria-current", "page").await;
}

/// Goes to a part of the open pack by its address.
async fn goes(page: &Page, place: &str) {
    let address =
        "location.hash = `${location.hash.split('/').slice(0, 3).join('/')}/${arguments[0]}`";
    page.look(address, json!([place])).await;
}

#[test]
fn a_table_becomes_a_pack_that_opens_without_errors() {
    journey("kit-import", 300, async |stage| {
        let page = stage.open("officer").await;
        page.goto("#/kit").await;
        page.shows("kit-new").await;
        page.upload("kit-import", Path::new(HUNDRED)).await;
        page.says("kit-import-count", "4 tiêu chí").await;
        page.says("kit-import-count", "tổng 100 điểm").await;
        page.has_value("kit-import-name", "BỘ TIÊU CHÍ CHI BỘ BỐN TỐT (THANG ĐIỂM 100)").await;
        page.has_value("kit-import-id", "hundred").await;
        page.says("kit-import-doubts", "phải đạt 100 % số mục").await;
        page.says("kit-import-read", "Có nghị quyết sát tình hình của đơn vị").await;
        page.is_accessible("kit-import", "kit-import-count").await;
        // Without its column the points are gone, and come back with it.
        page.pick("kit-import-column-2", "").await;
        page.says("kit-import-count", "không có điểm").await;
        page.says("kit-import-doubts", "Không cột nào mang tên điểm").await;
        page.pick("kit-import-column-2", "points").await;
        page.says("kit-import-count", "tổng 100 điểm").await;
        page.type_into("kit-import-id", "bảng").await;
        page.says("kit-import-read", "1 đến 40 chữ không dấu").await;
        page.has("kit-import-begin", "disabled", "").await;
        page.type_into("kit-import-id", "bang-100").await;
        page.type_into("kit-import-version", "1.0.0").await;
        page.type_into("kit-import-name", "Bảng 100 điểm").await;
        page.click("kit-import-begin").await;
        page.says("kit-lint-count", "Không thấy lỗi").await;
        page.has_value("kit-id", "bang-100").await;
        page.has_value("kit-version", "1.0.0").await;
        page.has_value("kit-title-vi", "Bảng 100 điểm").await;
        goes(&page, "items/0").await;
        page.has_value("kit-items-0-label-vi", "Có nghị quyết sát tình hình của đơn vị").await;
        page.has_value("kit-items-0-points-max", "12,5").await;
        page.shows("item-c1.01").await;
    });
}

#[test]
fn an_odd_workbook_is_answered_with_what_to_mend() {
    journey("kit-import-odd", 240, async |stage| {
        let book = stage.folder().join("Bảng lạ.xlsx");
        odd(&book);
        let old = stage.folder().join("cu.xls");
        fs::write(&old, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]).unwrap();
        let page = stage.open("officer").await;
        page.goto("#/kit").await;
        page.shows("kit-new").await;
        page.upload("kit-import", &old).await;
        page.says("kit-import-refused", "lưu thành .xlsx").await;
        page.click("kit-import-leave").await;
        page.until("the file is left", "return !at('kit-import-read')", json!([])).await;

        page.upload("kit-import", &book).await;
        page.has_value("kit-import-id", "bang-la").await;
        // The first sheet with a table is taken.
        page.has_value("kit-import-sheet", "1").await;
        page.says("kit-import-doubts", "Dòng 5 bị ẩn").await;
        page.says("kit-import-doubts", "ghi số dưới dạng chữ").await;
        page.says("kit-import-doubts", "Ô C6: “hai điểm” không phải một số điểm").await;
        page.says("kit-import-doubts", "Dòng tổng (dòng 7) ghi 100 nhưng các mục cộng lại là 15")
            .await;
        page.says("kit-import-doubts", "Cột D (“Người theo dõi”) chưa dùng đến").await;
        page.says("kit-import-count", "3 mục").await;
        page.choose("kit-import-hidden").await;
        page.says("kit-import-count", "4 mục").await;
        page.is_accessible("kit-import-odd", "kit-import-count").await;
        page.pick("kit-import-sheet", "0").await;
        page.says("kit-import-unmade", "Không thấy dòng nào ghi tên cột").await;
    });
}

#[test]
fn a_pack_that_was_taken_is_copied_and_compared() {
    journey("kit-compare", 300, async |stage| {
        let text = TINY.replace(r#""id": "tiny""#, r#""id": "ban-2026""#);
        let content = PublishedContent {
            pack: parse(text.as_bytes(), PACK_LIMIT).unwrap(),
            author: "Ban Tổ chức".to_owned(),
            note: String::new(),
            date: Date::new(2026, 11, 20).unwrap(),
        };
        let pack = Pack::from_json(&content.pack).unwrap();
        let key = SecretKey::from_seed(&[7; 32]);
        let file = stage.folder().join("bo.json");
        let published = Published::make(content, &key, Instant::from_unix(1_795_000_000));
        fs::write(&file, published.to_text()).unwrap();
        let page = stage.open("officer").await;
        page.shows("new-form").await;
        page.take_in("import-file", &file).await;
        page.goto("#/kit").await;
        page.pick("kit-copy", &pack.digest.to_string()).await;
        page.click("kit-copy-go").await;
        // What was taken goes on as its next version.
        page.has_value("kit-id", "ban-2026").await;
        page.has_value("kit-version", "1.1.0").await;
        page.type_into("kit-version", "1.0.0").await;
        page.says("kit-lint-count", "Không thấy lỗi").await;
        part(&page, "compare").await;
        page.says("kit-compare-count", "Không khác gì").await;

        // Another threshold matters, another name does not.
        page.goto("#/kit").await;
        page.pick("kit-copy", &usual()).await;
        page.click("kit-copy-go").await;
        // A copy of a built-in pack is another one, until it is called otherwise.
        page.has_value("kit-id", "nghe-an-2024-ban-sao").await;
        page.type_into("kit-id", "nghe-an-2024").await;
        page.type_into("kit-version", "1.1.0").await;
        goes(&page, "items/0").await;
        page.type_into("kit-items-0-met_when-share-percent", "90").await;
        goes(&page, "").await;
        // The copy has no issuer: the one of the original is gone in both languages.
        page.has_value("kit-issuer-vi", "").await;
        page.type_into("kit-issuer-vi", "Đảng ủy xã Tam Quang").await;
        part(&page, "compare").await;
        page.says("kit-compare-count", "1 thay đổi ảnh hưởng đến phiếu, 2 thay đổi chỉ về lời")
            .await;
        page.says("kit-compare-matter", "Tự tính: đạt khi: từ “").await;
        page.says("kit-compare-matter", "90 % của").await;
        page.says("kit-compare-words", "Đảng ủy xã Tam Quang").await;
        page.is_accessible("kit-compare", "kit-compare-count").await;
        page.upload("kit-compare-file", &file).await;
        page.says("kit-compare-count", "So với bo.json").await;
        page.says("kit-compare-matter", "Mới thêm").await;
        page.upload("kit-compare-file", Path::new(HUNDRED)).await;
        page.says_somewhere("Tệp này không phải bộ tiêu chí").await;
    });
}

fn usual() -> String {
    bon_tot::pack::catalog::BUILT_IN[0].read().unwrap().digest.to_string()
}
