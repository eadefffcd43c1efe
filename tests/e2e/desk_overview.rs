//! The overview of the desk has the numbers of `bontot report`; good practices are marked, kept and printed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::cli::{bontot, pack_file};
use crate::support::journey;
use crate::support::page::Page;
use crate::support::pdf;

const FAULTS: &str =
    "forged=1,altered=1,unknown_key=6,duplicate=1,superseded=2,conflict=2,malformed=1";

type Table = Vec<Vec<String>>;

/// Samples in a folder, and the trust list beside it.
fn samples(folder: &Path) -> (PathBuf, PathBuf) {
    let into = folder.join("received");
    let (pack, out) = (pack_file("nghe-an-2024"), into.to_str().unwrap());
    let made =
        bontot(&["sample", "--pack", &pack, "--count", "60", "--faults", FAULTS, "--out", out]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    (into, folder.join("received-trust-1.json"))
}

/// The tables of the tool's report, each by the heading above it.
fn report(folder: &Path, trust: &Path, more: &[&str]) -> BTreeMap<String, Table> {
    let register = folder.with_extension("ndjson");
    let page = folder.with_extension("html");
    let args = [folder, trust, &register, &page].map(|path| path.to_str().unwrap());
    let called = bontot(&["register", args[0], "--trust", args[1], "--out", args[2], "--force"]);
    assert_eq!(called.status, 1, "{}", called.stderr);
    let all = [&["report", args[2], "--lang", "vi", "--out", args[3], "--force"], more].concat();
    let called = bontot(&all);
    assert_eq!(called.status, 0, "{}", called.stderr);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut python = Command::new(root.join("target/python/bin/python"));
    let output = python.arg(root.join("tests/register/page.py")).arg(page).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let tables: Vec<(String, Table)> = serde_json::from_value(told["tables"].clone()).unwrap();
    tables.into_iter().collect()
}

/// The table behind a chart: each row by its id, without its name; and by its name where `by_name`.
async fn chart(page: &Page, name: &str, by_name: bool) -> BTreeMap<String, Vec<String>> {
    let script = "return [...at(arguments[0]).querySelectorAll('tbody tr')].map(row => [
        arguments[1] ? row.cells[0].textContent : row.dataset.id,
        [...row.cells].slice(1).map(cell => cell.textContent)])";
    let id = format!("desk-chart-{name}");
    let rows = page.look(script, json!([id, by_name])).await;
    serde_json::from_value::<Vec<(String, Vec<String>)>>(rows).unwrap().into_iter().collect()
}

fn id_of(name: &str) -> &str {
    name.split(' ').next().unwrap()
}

/// The page's numbers are those of the report.
async fn has_the_numbers_of(page: &Page, tables: &BTreeMap<String, Table>) {
    let results = chart(page, "results", true).await;
    let verdicts = &tables["Kết quả tự đánh giá theo loại hình"];
    assert_eq!(results.len(), verdicts.len() - 1);
    let names =
        ["Đủ điều kiện đề nghị", "Chưa đủ điều kiện", "Chưa điền xong", "Chờ xác minh", "Số phiếu"];
    let places = names.map(|name| verdicts[0].iter().position(|own| own == name).unwrap());
    for line in &verdicts[1..] {
        let told = places.map(|place| line[place].as_str());
        assert_eq!(results[&line[0]][..5], told, "{line:?}");
    }
    let mut compared = 0;
    for (name, heading) in [
        ("criteria", "Đạt, theo loại hình"),
        ("items", "Đạt trên số phiếu có áp dụng, theo loại hình"),
    ] {
        let table = &tables[heading];
        let all = chart(page, name, false).await;
        assert_eq!(all.len(), table.len() - 1, "{name}");
        for line in &table[1..] {
            let id = id_of(&line[0]);
            assert_eq!(all[id].last(), Some(&line[1]), "{id}");
            if compared % 7 < 4 {
                page.pick("desk-overview-part", id).await;
                let groups = chart(page, "groups", true).await;
                for (unit_type, rate) in table[0].iter().zip(line).skip(2) {
                    let own = groups.get(unit_type).and_then(|own| own.last());
                    assert_eq!(own.map_or("", String::as_str), rate, "{id}, {unit_type}");
                }
            }
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
    page.pick("desk-overview-by", "1").await;
    let by_parent = &tables["Đạt, theo tổ chức đảng trực thuộc"];
    for (place, id) in by_parent[0].iter().enumerate().skip(1) {
        page.pick("desk-overview-part", id).await;
        let groups = chart(page, "groups", true).await;
        assert_eq!(groups.len(), by_parent.len() - 1);
        for line in &by_parent[1..] {
            assert_eq!(groups[&line[0]].last(), Some(&line[place]), "{id}, {}", line[0]);
        }
    }
    page.pick("desk-overview-by", "0").await;
    let failing = chart(page, "failing", false).await;
    let worst = &tables["Những mục không đạt nhiều nhất"];
    assert_eq!(failing.len(), worst.len() - 1);
    for line in &worst[1..] {
        let own = &failing[id_of(&line[0])];
        let count = format!("{} trên {}", own[0], own[3]);
        assert_eq!((&count, own.last().unwrap()), (&line[1], &line[2]));
    }
}

async fn is_received(page: &Page, folder: &Path, trust: &Path) {
    page.goto("#/keys").await;
    page.take_in("import-file", trust).await;
    page.click("trust-all").await;
    page.shows("trust-all-keys").await;
    page.click("trust-all-form-go").await;
    page.until("they are trusted", "return !at('trust-all') && !at('trust-all-form')", json!([]))
        .await;
    page.goto("#/desk").await;
    page.shows("desk-total").await;
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<String> = files.map(|file| file.to_str().unwrap().to_owned()).collect();
    page.upload("desk-import", Path::new(&files.join("\n"))).await;
    page.has("desk-progress", "data-state", "ended").await;
}

/// How many forms the charts are of.
async fn counts(page: &Page, tables: &BTreeMap<String, Table>) {
    let all = tables["Kết quả tự đánh giá theo loại hình"].last().unwrap()[1].clone();
    page.has("desk-overview-counted", "data-forms", &all).await;
}

#[test]
fn the_overview_has_the_numbers_of_the_report() {
    journey("desk_overview", 300, async |stage| {
        let (folder, trust) = samples(stage.folder());
        let page = stage.open("commune").await;
        is_received(&page, &folder, &trust).await;
        page.click("desk-section-overview").await;
        page.shows("desk-overview-counted").await;
        let verified = report(&folder, &trust, &[]);
        counts(&page, &verified).await;
        has_the_numbers_of(&page, &verified).await;

        let with_unknown = report(&folder, &trust, &["--unknown-keys"]);
        assert_ne!(with_unknown, verified);
        page.choose("desk-overview-unknown-keys").await;
        counts(&page, &with_unknown).await;
        has_the_numbers_of(&page, &with_unknown).await;

        // The periods together are all forms, and each is shown alone.
        let periods = chart(&page, "periods", false).await;
        assert!(!periods.is_empty());
        let count = "return at('desk-overview-period').options.length - 1";
        let count = page.look(count, json!([])).await.as_u64().unwrap();
        let all: u64 = page.attribute("desk-overview-counted", "data-forms").await.parse().unwrap();
        let mut sum = 0;
        for place in 0..count {
            page.pick("desk-overview-period", &place.to_string()).await;
            let is_other = "return at('desk-overview-period').value === arguments[0]
                && (arguments[1] === 1 || at('desk-overview-counted').dataset.forms !== arguments[2])";
            page.until("it is shown", is_other, json!([place.to_string(), count, all.to_string()]))
                .await;
            let own: u64 =
                page.attribute("desk-overview-counted", "data-forms").await.parse().unwrap();
            sum += own;
            page.pick("desk-overview-period", "").await;
            page.has("desk-overview-counted", "data-forms", &all.to_string()).await;
        }
        assert_eq!(sum, all);
        page.is_accessible("desk-overview", "desk-chart-criteria").await;
        let file = stage.folder().join("overview.pdf");
        page.pdf(&file).await;
        let text = pdf::texts(&file).join(" ");
        assert!(text.contains("Tỷ lệ đạt từng mục") && !text.contains("Xem bảng số liệu"));
        pdf::shoot(&file);
    });
}

#[test]
fn good_practices_are_marked_kept_and_printed() {
    journey("desk_practices", 300, async |stage| {
        let (folder, trust) = samples(stage.folder());
        let page = stage.open("commune").await;
        is_received(&page, &folder, &trust).await;
        page.click("desk-section-practices").await;
        page.shows("desk-practice").await;
        let count = "return document.querySelectorAll('[data-testid=desk-practice]').length";
        let all = page.look(count, json!([])).await.as_u64().unwrap();
        assert!(all > 5, "{all}");

        // A search without marks finds some of them.
        let title = "return said(at('desk-practice').querySelector('h3'))";
        let title = page.look(title, json!([])).await.as_str().unwrap().to_owned();
        page.type_into("desk-practices-search", &bon_tot::value::search_key(&title)).await;
        let fewer =
            format!("const n = {}; return n > 0 && n < {all}", count.replace("return ", ""));
        page.until("fewer are found", &fewer, json!([])).await;
        page.choose("desk-practice-mark").await;
        page.type_into("desk-practice-remark-0", "Nên nhân rộng ở các xóm").await;
        let key = page.attribute("desk-practice", "data-key").await;

        // What is stored is in the booklet; it is kept.
        let booklet = "return at('desk-booklet').textContent.includes(arguments[0])";
        page.until("the remark", booklet, json!(["Nên nhân rộng ở các xóm"])).await;
        // A page that closes while letters are being written loses none.
        let long = "Nên nhân rộng ở các xóm, bản xa trung tâm, nơi đảng viên đi làm ăn xa nhiều";
        page.type_into("desk-practice-remark-0", long).await;
        page.reload().await;
        page.shows("desk-practice").await;
        page.until("it is bound", "return at('desk-booklet')?.children.length > 0", json!([]))
            .await;
        let marked = "return [...document.querySelectorAll('[data-testid=desk-practice]')]
            .filter(one => one.querySelector('input').checked).map(one => one.dataset.key)";
        assert_eq!(page.look(marked, json!([])).await, json!([key]));
        page.until("the whole remark", booklet, json!([long])).await;
        page.is_accessible("desk-practices", "desk-practices-found").await;

        page.until("the remark", booklet, json!([long])).await;
        let file = stage.folder().join("booklet.pdf");
        page.pdf(&file).await;
        let text = pdf::texts(&file).join(" ");
        assert!(text.contains(&title) && text.contains("Nên nhân rộng ở các xóm"), "{text}");
        assert!(!text.contains("Tìm cách làm hay"), "{text}");
        pdf::shoot(&file);

        // Items that are met say more, and the mark is taken away again.
        page.choose("desk-practices-items").await;
        page.until("more are found", "return at('desk-practice') && Number(said(at('desk-practices-found')).match(/\\d+/)?.[0]) > arguments[0]", json!([all])).await;
        page.click("desk-practice-mark").await;
        page.until("it is empty", "return at('desk-booklet').children.length === 0", json!([]))
            .await;
    });
}
