//! The papers of a superior: each is printed from the register, with its numbers and units, and with what a person filled in,
//! which is kept; the map of changes shows what the superior changed.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::cli::{bontot, bontot_with, pack_file};
use crate::support::journey;
use crate::support::page::Page;
use crate::support::pdf;
use crate::support::shots::folder;

const PASSPHRASE: &str = "chín con gà mái vàng";
const OFFICE: &str = "Đảng ủy xã Nghi Lâm";
const ROW: &str = "[...document.querySelectorAll('[data-testid=desk-row]')].find(row => row.dataset.file === arguments[0])";

/// A row of the register that counts, as the desk writes it.
type Row = Value;

async fn in_row(page: &Page, file: &str, what: &str) {
    let script = format!("return {ROW}?.querySelector(arguments[1])");
    page.element("the row", &script, json!([file, what])).await.click().await.unwrap();
}

async fn is_decided(page: &Page, file: &str, decision: &str) {
    let script = format!("return {ROW}?.dataset.decision === arguments[1]");
    page.until("it is decided", &script, json!([file, decision])).await;
}

/// Decides files at once, by the key that is open.
async fn decide(page: &Page, files: &[&str], decision: &str) {
    // Of a long list only the lines in sight are drawn.
    for file in files {
        page.type_into("desk-search", file).await;
        in_row(page, file, "[data-testid=desk-select]").await;
    }
    page.pick("desk-many-decision", decision).await;
    page.type_date("desk-many-day", "2026-12-20").await;
    page.click("desk-decide-selected").await;
    // Where one is not eligible, or its key is not trusted, the page asks first.
    let count = files.len().to_string();
    let next = "return at('desk-sign-anyway') ? 'asks' : at('desk-decided')?.dataset.signed === arguments[0] && 'signed'";
    if page.until("it is signed, or asked", next, json!([count])).await == json!("asks") {
        page.click("desk-sign-anyway").await;
    }
    page.has("desk-decided", "data-signed", &count).await;
    for file in files {
        page.type_into("desk-search", file).await;
        is_decided(page, file, decision).await;
    }
    page.type_into("desk-search", "").await;
}

/// Prints the paper, and gives the text of its pages.
async fn printed(page: &Page, name: &str) -> String {
    let listen = "globalThis.asked = false; globalThis.print = () => { globalThis.asked = true; }";
    page.look(listen, json!([])).await;
    page.click("desk-paper-print").await;
    page.until("the page prints", "return globalThis.asked", json!([])).await;
    let file = folder().join(format!("desk-paper-{name}.pdf"));
    page.pdf(&file).await;
    pdf::shoot(&file);
    let text = pdf::texts(&file).join(" ");
    assert!(text.contains("ĐẢNG CỘNG SẢN VIỆT NAM"), "{name}: {text}");
    // What is on the screen is not on paper, and no sentence misses a value.
    for word in ["Xem trước bản in", "đề xuất của chúng tôi", "{}"] {
        assert!(!text.contains(word), "{name}: {word}: {text}");
    }
    text
}

#[track_caller]
fn has(text: &str, words: &str) {
    assert!(text.contains(words), "{words}: {text}");
}

/// Every word of a name is on paper: in a cell it may stand on several lines.
#[track_caller]
fn has_words(text: &str, name: &Value) {
    name.as_str().unwrap().split_whitespace().for_each(|word| has(text, word));
}

fn count(rows: &[Row], member: &str, value: &str) -> usize {
    rows.iter().filter(|row| row[member] == json!(value)).count()
}

fn is_proposed(row: &Row) -> bool {
    row["decision"] == json!("recognised")
        || row["decision"] == json!("agreed") && row["verdict"] == json!("eligible")
}

/// A superior's desk with forms that are received, of keys that are trusted; the names of their files.
async fn desk(page: &Page, folder: &Path) -> Vec<String> {
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (pack, out, key) = (pack_file("nghe-an-2024"), at("received"), at("xa.jwe"));
    let more = ["--seed", "5", "--faults", "unknown_key=2,superseded=1"];
    let made = ["sample", "--pack", &pack, "--count", "16", "--out", &out];
    let made = bontot(&[&made[..], &more].concat());
    assert_eq!(made.status, 0, "{}", made.stderr);
    bontot_with(PASSPHRASE, &["key", "new", "--out", &key]);
    page.goto("#/keys").await;
    page.upload("import-file", Path::new(&key)).await;
    page.shows("key-restore").await;
    page.type_into("key-name", OFFICE).await;
    page.type_into("passphrase", PASSPHRASE).await;
    page.click("key-restore-go").await;
    page.says("key-list", OFFICE).await;
    page.take_in("import-file", Path::new(&at("received-trust-1.json"))).await;
    page.click("trust-all").await;
    page.shows("trust-all-keys").await;
    page.click("trust-all-form-go").await;
    let trusted = "return !at('trust-all') && !at('trust-all-form')";
    page.until("they are trusted", trusted, json!([])).await;
    page.goto("#/desk").await;
    page.shows("desk-import").await;
    let files = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    let names: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    page.upload("desk-import", Path::new(&names.join("\n"))).await;
    page.has("desk-progress", "data-state", "ended").await;
    let name = |file: &PathBuf| file.file_name().unwrap().to_str().unwrap().to_owned();
    files.iter().map(name).collect()
}

#[test]
fn the_papers_have_the_numbers_and_units_of_the_register() {
    journey("desk_papers", 300, async |stage| {
        let page = stage.open("commune").await;
        let files = desk(&page, stage.folder()).await;

        // Before anything is decided, no minutes and no map of changes.
        page.click("desk-section-papers").await;
        page.says("desk-paper-says", "Chưa có đơn vị nào thuộc danh sách này").await;
        page.pick("desk-paper-kind", "minutes").await;
        page.says("desk-paper-says", "Chưa có đơn vị nào được thẩm định").await;
        page.click("desk-section-overview").await;
        page.says("desk-changes-none", "Chưa có phiếu nào được thẩm định").await;

        // One is returned with an item changed; some are recognised, some are agreed with.
        page.goto("#/desk").await;
        page.shows("desk-total").await;
        let first = files[0].as_str();
        page.type_into("desk-search", first).await;
        in_row(&page, first, "th button").await;
        page.shows("desk-appraise-sign").await;
        let find =
            "const met = [...document.querySelectorAll('[data-testid^=desk-appraise-verdict-]')]
            .find(one => one.closest('tr').textContent.includes('✓'));
            return met?.dataset.testid.slice('desk-appraise-verdict-'.length)";
        let item = page.look(find, json!([])).await;
        let item = item.as_str().unwrap().to_owned();
        page.pick(&format!("desk-appraise-verdict-{item}"), "not_met").await;
        page.type_into(&format!("desk-appraise-note-{item}"), "Thiếu biên bản").await;
        page.pick("desk-decision", "returned").await;
        page.type_into("desk-note", "Bổ sung minh chứng quý III").await;
        page.click("desk-appraise-sign").await;
        is_decided(&page, first, "returned").await;
        page.click("desk-close").await;
        decide(&page, &[&files[1], &files[2], &files[3]], "recognised").await;
        decide(&page, &[&files[4], &files[5], &files[6], &files[7]], "agreed").await;
        let written = page.download("desk-export-ndjson").await;
        let text = fs::read_to_string(written).unwrap();
        let rows = text.lines().map(|line| serde_json::from_str::<Row>(line).unwrap());
        let rows: Vec<Row> = rows.filter(|row| row["status"] == json!("verified")).collect();
        let proposed: Vec<&Row> = rows.iter().filter(|row| is_proposed(row)).collect();
        let returned = rows.iter().find(|row| row["decision"] == json!("returned")).unwrap();
        assert!(proposed.len() >= 3 && proposed.len() < rows.len());

        // The list has the units that are proposed, and what a person fills in.
        page.click("desk-section-papers").await;
        page.pick("desk-paper-kind", "list").await;
        page.shows("desk-paper-print").await;
        page.has_value("desk-paper-issuer", OFFICE).await;
        page.type_into("desk-paper-superior", "Đảng bộ tỉnh Nghệ An").await;
        page.type_into("desk-paper-place", "Nghi Lâm").await;
        page.type_date("desk-paper-day", "2026-12-05").await;
        page.type_into("desk-paper-authority", "T/M Ban Thường vụ").await;
        page.type_into("desk-paper-office", "Bí thư").await;
        page.type_into("desk-paper-signer", "Nguyễn Văn <b>An</b>").await;
        page.type_into("desk-paper-recipients", "Ban Thường vụ Tỉnh ủy\nLưu Văn phòng Đảng ủy")
            .await;
        let listed = "return [...at('desk-paper').querySelectorAll('tbody tr')].map(row => row.querySelector('th').textContent)";
        let names = page.look(listed, json!([])).await;
        let mut names: Vec<String> = serde_json::from_value(names).unwrap();
        let mut units: Vec<&str> =
            proposed.iter().map(|row| row["unit"].as_str().unwrap()).collect();
        names.sort();
        units.sort_unstable();
        assert_eq!(names, units);
        page.says("desk-paper-says", &format!("Danh sách có {} đơn vị.", units.len())).await;
        let list = printed(&page, "list").await;
        proposed.iter().for_each(|row| has_words(&list, &row["unit"]));
        has(&list, &format!("Danh sách này có {} đơn vị.", units.len()));
        has(&list, "Nghi Lâm, ngày 05 tháng 12 năm 2026");
        has(&list, "Nguyễn Văn <b>An</b>");
        has(&list, "Lưu Văn phòng Đảng ủy");
        page.is_accessible("papers-list", "desk-paper").await;
        page.pick("desk-paper-scope", "2").await;
        page.says("desk-paper-says", &format!("Danh sách có {} đơn vị.", rows.len())).await;

        // The letter has the numbers, and the list behind it.
        page.pick("desk-paper-kind", "letter").await;
        page.type_into("desk-paper-number", "15-TTr/ĐU").await;
        page.type_into("desk-paper-addressee", "Ban Thường vụ Tỉnh ủy Nghệ An").await;
        let letter = printed(&page, "letter").await;
        let verdict = |value| count(&rows, "verdict", value);
        let decided = ["recognised", "agreed", "returned"];
        let decided = decided.map(|value| count(&rows, "decision", value));
        assert!(decided.iter().all(|count| *count > 0), "{decided:?}");
        has(
            &letter,
            &format!(
                "có {} phiếu được tính, trong đó {} phiếu đủ điều kiện đề nghị, {} phiếu chưa đủ điều kiện, {} phiếu chưa điền xong, {} phiếu chờ xác minh",
                rows.len(),
                verdict("eligible"),
                verdict("not_eligible"),
                verdict("incomplete"),
                verdict("pending"),
            ),
        );
        has(
            &letter,
            &format!(
                "đã thẩm định {} phiếu, trong đó công nhận {}, nhất trí {}, trả lại {}, chưa công nhận 0; còn {} phiếu chưa thẩm định",
                decided.iter().sum::<usize>(),
                decided[0],
                decided[1],
                decided[2],
                rows.len() - decided.iter().sum::<usize>(),
            ),
        );
        has(&letter, "Kính gửi: Ban Thường vụ Tỉnh ủy Nghệ An");
        has(&letter, &format!("công nhận {} đơn vị (có danh sách kèm theo)", units.len()));
        has(&letter, &format!("(Kèm theo Tờ trình số 15-TTr/ĐU của {OFFICE})"));
        has(&letter, "Căn cứ ……");
        proposed.iter().for_each(|row| has_words(&letter, &row["unit"]));
        page.is_accessible("papers-letter", "desk-paper-issuer").await;
        page.type_into("desk-paper-basis", "Căn cứ Quy chế làm việc;").await;
        page.says("desk-paper", "Căn cứ Quy chế làm việc;").await;

        // The sum.
        page.pick("desk-paper-kind", "summary").await;
        let sum = printed(&page, "summary").await;
        has(&sum, &format!("Tổng số phiếu tự đánh giá được tính: {} phiếu.", rows.len()));
        let lines = "return [...at('desk-paper').querySelectorAll('.grid')].slice(0, 2).map(table =>
            [...table.querySelector('tbody tr:last-child').cells].slice(1).map(cell => Number(cell.textContent)))";
        let results = ["eligible", "not_eligible", "incomplete", "pending"].map(verdict);
        let all = rows.len();
        let expected = json!([
            [results[0], results[1], results[2], results[3], all],
            [decided[0], decided[1], decided[2], 0, all - decided.iter().sum::<usize>(), all]
        ]);
        assert_eq!(page.look(lines, json!([])).await, expected);

        // The minutes and the notice of the one that is returned.
        // The values are keys, which have a line feed, so that the driver cannot name them.
        let choose = "const select = at('desk-paper-unit');
            const own = [...select.options].find(one => one.textContent.startsWith(arguments[0]));
            select.value = own.value;
            select.dispatchEvent(new Event('change', { bubbles: true }))";
        for (kind, words) in
            [("minutes", "Kết luận: trả lại, ngày"), ("returned", "Phiếu được trả lại")]
        {
            page.pick("desk-paper-kind", kind).await;
            page.shows("desk-paper-unit").await;
            page.look(choose, json!([returned["unit"]])).await;
            page.shows("desk-paper-print").await;
            if kind == "minutes" {
                page.type_into("desk-paper-chair", "Trần Thị Bình").await;
                page.type_into("desk-paper-clerk", "Lê Văn Cường").await;
            }
            let paper = printed(&page, kind).await;
            has(&paper, words);
            has(&paper, "Bổ sung minh chứng quý III");
            has_words(&paper, &json!("Thiếu biên bản"));
            has(&paper, &item);
            has(&paper, returned["unit"].as_str().unwrap());
            // A line may end within the code.
            let code = returned["check_code"].as_str().unwrap().replace('-', "");
            has(&paper.replace('-', ""), &code);
            assert_eq!(paper.contains("Trần Thị Bình"), kind == "minutes");
        }
        page.pick("desk-paper-kind", "minutes").await;
        page.is_accessible("papers-minutes", "desk-paper").await;

        // What was filled in is there the next time.
        page.reload().await;
        page.shows("desk-paper-issuer").await;
        page.has_value("desk-paper-superior", "Đảng bộ tỉnh Nghệ An").await;
        page.has_value("desk-paper-day", "05/12/2026").await;
        page.pick("desk-paper-kind", "letter").await;
        page.has_value("desk-paper-number", "15-TTr/ĐU").await;

        // The map of changes has the item.
        page.click("desk-section-overview").await;
        page.shows("desk-chart-changes").await;
        let bars = "return [...at('desk-chart-changes').querySelectorAll('tbody tr')].map(row =>
            [row.dataset.id, ...[...row.cells].slice(1, 5).map(cell => Number(cell.textContent))])";
        let found = page.look(bars, json!([])).await;
        let bars = found.as_array().unwrap();
        assert_eq!(bars.len(), 1, "{bars:?}");
        assert_eq!(bars[0].as_array().unwrap()[..4], [json!(item), json!(1), json!(0), json!(0)]);
        page.is_accessible("papers-changes", "desk-chart-changes").await;
    });
}
