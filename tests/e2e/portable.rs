//! The whole page in one file, opened by a double click: filled, sealed, exported, opened again, and
//! not one request to anywhere.

use serde_json::{Value, json};

use crate::support::answers::{UNIT, everything_met};
use crate::support::axe::Rules;
use crate::support::browser::Kind;
use crate::support::cli::bontot;
use crate::support::{Stage, journey, portable_file};

const PASSPHRASE: &str = "đèn nhà ai nấy rạng";

#[test]
fn one_file_does_everything_without_a_request_in_chromium() {
    journey("portable", 200, async |stage| walk(&stage, Kind::Chromium).await);
}

#[test]
fn one_file_does_everything_without_a_request_in_firefox() {
    journey("portable_firefox", 300, async |stage| {
        walk(&stage, Kind::Firefox).await;
    });
}

async fn walk(stage: &Stage, kind: Kind) {
    let file = portable_file(stage);
    let page = stage.open_file("village", kind, &file).await;
    page.says("portable-note", "không nằm trong tệp hay trên USB").await;
    page.speak("en").await;
    page.says("portable-note", "not in the file").await;
    page.speak("vi").await;

    let work = everything_met("nghe-an-2024");
    page.new_form(work.pack).await;
    page.fill(&work).await;
    page.has("verdict", "data-verdict", "eligible").await;
    page.seal(PASSPHRASE).await;
    let sealed = page.download("export").await;
    let called = bontot(&["verify", sealed.to_str().unwrap()]);
    assert_eq!(called.status, 0, "{}{}", called.stdout, called.stderr);

    // What is kept outlives the page, in a store of its own.
    page.reload().await;
    page.shows("sealed").await;
    let script = "indexedDB.databases().then(all => arguments[0](
        all.length === 1 && all[0].name === 'bon-tot-portable'))";
    page.until_async("a database of its own", script, vec![]).await;
    page.go_home().await;
    page.says("form-list", UNIT).await;
    let faults = page.axe(Rules::All).await;
    assert!(faults.is_empty(), "{faults:#?}");
    let backup = page.download("backup").await;
    page.upload("import-file", &sealed).await;
    page.says("notice", "đã có sẵn").await;

    // A form that was deleted comes back from the backup.
    page.go_home().await;
    page.click("delete").await;
    page.click("delete-yes").await;
    page.says("form-list", "Chưa có phiếu").await;
    page.take_in("import-file", &backup).await;
    page.says("notice", "1 phiếu mới").await;
    page.says("form-list", UNIT).await;
    let asked = requests(&page).await;
    assert!(asked.is_empty(), "{asked:?}");
    stage.close().await;

    // Its forms and keys move to the page of the web by the backup.
    let page = stage.open("office").await;
    page.shows("new-form").await;
    assert!(!page.sees("portable-note").await);
    page.take_in("import-file", &backup).await;
    page.says("notice", "1 phiếu mới; 1 khóa ký").await;
    page.says("form-list", UNIT).await;
}

/// Everything that the document asked for, besides itself.
async fn requests(page: &crate::support::page::Page) -> Vec<Value> {
    let script = "return performance.getEntriesByType('resource').map(e => e.name)
        .filter(name => !name.startsWith('data:') && !name.startsWith('blob:'))";
    let found = page.look(script, json!([])).await;
    found.as_array().unwrap().clone()
}
