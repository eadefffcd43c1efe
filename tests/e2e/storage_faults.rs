//! When storage says no: each fault is made real, told in both languages with what to do, and the
//! form goes on; nothing that was kept is overwritten.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::answers::{UNIT, everything_met};
use crate::support::axe::Rules;
use crate::support::browser::Setup;
use crate::support::cli::bontot;
use crate::support::page::Page;
use crate::support::{Stage, journey};

const PASSPHRASE: &str = "ăn quả nhớ kẻ trồng cây";
/// A draft of the first version, with a number that is none.
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/vectors/draft/v1/half.json");
const SHORT: &str = "sinh-hoat-hd42";
const PARENT: &str = "Đảng bộ xã Tân Sơn";

/// Runs JavaScript on the database while no page of ours has it open: `database` is its name,
/// `wait(request)` is a promise, `open` opens it, `put` fills it.
async fn on_database(page: &Page, script: &str, args: Vec<Value>) {
    page.goto_blank().await;
    let prelude = "const [a, b, c] = arguments, database = 'bon-tot';
        const end = arguments[arguments.length - 1];
        const wait = (request) => new Promise((good, bad) => {
            request.onsuccess = () => good(request.result);
            request.onerror = () => bad(request.error);
            if (request.oncomplete === null) request.oncomplete = () => good();
        });
        const open = async (version, upgrade) => {
            const request = indexedDB.open(database, version);
            request.onupgradeneeded = () => upgrade?.(request.result);
            return wait(request);
        };
        const put = async (base, records) => {
            const writing = base.transaction('drafts', 'readwrite');
            for (const [key, text] of Object.entries(records)) writing.objectStore('drafts').put(text, key);
            await wait(writing);
            base.close();
        };
        const run = async () => {";
    let script =
        format!("{prelude} {script} }};\nrun().then(() => end(true), (e) => end(String(e)))");
    page.until_async("the database", &script, args).await;
}

/// Waits until an element says this in Vietnamese and that in English.
async fn says_in_both(page: &Page, id: &str, vi: &str, en: &str) {
    page.says(id, vi).await;
    page.speak("en").await;
    page.says(id, en).await;
    page.speak("vi").await;
}

/// Makes a form that has a name and is on disk.
async fn begin(page: &Page) {
    page.new_form(SHORT).await;
    page.type_into("unit-name", UNIT).await;
    page.wait_saved().await;
}

/// Fills a short form, signs and exports it; the file verifies.
async fn fill_and_export(page: &Page) {
    let work = everything_met(SHORT);
    page.fill(&work).await;
    page.has("verdict", "data-verdict", "eligible").await;
    page.seal(PASSPHRASE).await;
    is_sound(&page.download("export").await);
}

fn is_sound(file: &Path) {
    let called = bontot(&["verify", file.to_str().unwrap()]);
    assert_eq!(called.status, 0, "{}{}", called.stdout, called.stderr);
}

/// The text of every draft in the database, by key.
async fn drafts(page: &Page) -> Value {
    let script = "const end = arguments[0];
        const request = indexedDB.open('bon-tot');
        request.onsuccess = () => {
            const store = request.result.transaction('drafts').objectStore('drafts');
            const [keys, all] = [store.getAllKeys(), store.getAll()];
            all.onsuccess = () => {
                request.result.close();
                end(Object.fromEntries(keys.result.map((key, n) => [key, all.result[n]])));
            };
        };";
    let found = page.driver().execute_async(script, vec![]).await.unwrap();
    found.json().clone()
}

#[test]
fn a_full_device_is_told_and_the_form_goes_on() {
    journey("quota", 150, async |stage| {
        let page = stage.open("cell").await;
        begin(&page).await;
        let address = page.look("return location.hash", json!([])).await;
        stage.close().await;

        // Chromium asks how much room there is before it first writes, and keeps that for a while.
        let page = stage.open_blank("cell").await;
        let cdp = page.driver().cdp();
        let origin = stage.base().trim_end_matches('/').to_owned();
        let limit = json!({ "origin": origin, "quotaSize": 1 });
        let limited = cdp.send_raw("Storage.overrideQuotaForOrigin", limit);
        limited.await.unwrap();
        page.goto(address.as_str().unwrap()).await;
        page.go("unit").await;
        page.type_into("unit-parent", PARENT).await;
        page.has("save-state", "data-state", "failed").await;
        says_in_both(&page, "storage-warning", "hết chỗ", "no room left").await;
        says_in_both(&page, "storage-warning", "tự thử lại", "keeps trying").await;

        // The form itself goes to a file, signed or not.
        let file = page.download("save-file").await;
        let text = fs::read_to_string(file).unwrap();
        assert!(text.contains(PARENT), "{text}");
        page.fill(&everything_met(SHORT)).await;
        stage.expect_complaint("history"); // which finds no room either
        stage.expect_complaint("clock"); // nor do its readings
        page.seal(PASSPHRASE).await;
        says_in_both(&page, "notice", "không giữ được khóa ký", "no room to keep").await;
        is_sound(&page.download("export").await);

        // Another form can be begun.
        page.go_home().await;
        page.new_form(SHORT).await;
        page.has("save-state", "data-state", "failed").await;
        page.type_into("unit-name", "Chi bộ xóm Mới").await;

        // As soon as there is room, everything is saved by itself, the form that was left too.
        let lifted = cdp.send_raw("Storage.overrideQuotaForOrigin", json!({ "origin": origin }));
        lifted.await.unwrap();
        page.wait_saved().await;
        page.go_home().await;
        page.says("form-list", "Chi bộ xóm Mới").await;
        page.says("form-list", "Bản ký lần 1").await;
        page.reload().await;
        page.goto(address.as_str().unwrap()).await;
        page.go("review").await;
        page.shows("sealed").await;
    });
}

#[test]
fn a_browser_that_refuses_storage_still_fills_and_exports() {
    journey("blocked", 120, async |stage| {
        let blocked = Setup { site_data_blocked: true, ..Setup::default() };
        stage.expect_complaint("SecurityError"); // of its locks, too
        let page = stage.open_with("cell", &stage.base(), &blocked).await;
        says_in_both(&page, "storage-warning", "cookie", "allow cookies").await;
        says_in_both(&page, "storage-warning", "mất khi đóng trang", "lost when").await;
        let faults = page.axe(Rules::All).await;
        assert!(faults.is_empty(), "{faults:#?}");
        assert!(!asks_before_leaving(&page).await, "nothing would be lost");
        page.new_form(SHORT).await;
        page.has("save-state", "data-state", "failed").await;
        says_in_both(&page, "save-state", "Chưa lưu", "Not saved").await;
        fill_and_export(&page).await;
        page.go_home().await;
        page.says("form-list", UNIT).await;
        assert!(asks_before_leaving(&page).await, "the form would be lost");
    });
}

/// Would the browser ask before the page is left?
async fn asks_before_leaving(page: &Page) -> bool {
    let script = "const leaving = new Event('beforeunload', { cancelable: true });
        return !dispatchEvent(leaving)";
    page.look(script, json!([])).await == json!(true)
}

#[test]
fn a_page_by_plain_http_says_what_it_lacks_and_does_the_rest() {
    journey("plain_http", 150, async |stage| {
        let base = stage.base().replace("127.0.0.1", "bontot.lan");
        // Chromium warns of downloads by plain http.
        stage.expect_complaint("loaded over an insecure connection");
        let page = stage.open_with("cell", &base, &Setup::default()).await;
        let insecure = "return !isSecureContext && !navigator.locks && !crypto.subtle";
        assert_eq!(page.look(insecure, json!([])).await, json!(true));
        says_in_both(&page, "storage-warning", "không bảo mật", "plain http").await;
        page.new_form(SHORT).await;
        fill_and_export(&page).await;
        page.reload().await;
        page.shows("sealed").await;
        page.go_home().await;
        page.says("form-list", UNIT).await;
    });
}

#[test]
fn what_cannot_be_read_is_set_aside_and_stays_as_it_is() {
    journey("unreadable", 120, async |stage| {
        let page = stage.open("cell").await;
        begin(&page).await;
        let own = drafts(&page).await;
        let (key, text) = own.as_object().unwrap().iter().next().unwrap();
        let mut strange: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
        let strange_id = "0".repeat(26);
        strange["form"]["id"] = json!(strange_id);
        strange["form"]["unit"]["name"] = json!("Chi bộ xóm Xa");
        strange["form"]["pack"]["digest"] = json!("0".repeat(64));
        let newer = r#"{"format":"bontot.draft/9","new":true}"#;
        let broken = &text.as_str().unwrap()[..100];
        let put = "await put(await open(), a)";
        let records = json!({
            strange_id.as_str(): strange.to_string(),
            "y-newer": newer,
            "x-broken": broken,
        });
        on_database(&page, put, vec![records.clone()]).await;

        page.goto("").await;
        page.says("form-list", UNIT).await;
        for (vi, en) in [
            ("lưu ra tệp để nhờ xem lại", "to have it looked at"),
            ("bản mới hơn của trang ghi", "A newer version of this page"),
            ("máy này chưa có", "does not have"),
            ("Chi bộ xóm Xa", "Chi bộ xóm Xa"),
        ] {
            says_in_both(&page, "form-list", vi, en).await;
        }
        let faults = page.axe(Rules::All).await;
        assert!(faults.is_empty(), "{faults:#?}");

        // Its data goes to a file as it is.
        let file = page.download("keep-raw").await;
        let saved = fs::read_to_string(file).unwrap();
        let texts: Vec<_> = records.as_object().unwrap().values().collect();
        assert!(texts.contains(&&json!(saved)), "{saved}");
        page.goto(&format!("#/form/{strange_id}")).await;
        page.says_somewhere("không đọc được").await;
        page.speak("en").await;
        page.says_somewhere("cannot be read").await;
        page.speak("vi").await;

        // A draft in a file is opened again, with what was typed and is no number.
        page.go_home().await;
        page.upload("import-file", Path::new(GOLDEN)).await;
        page.says("notice", "Đã mở tệp").await;
        page.go("P2").await;
        page.has_value("field-m.02-present", "1o").await;

        // Work goes on beside them, and leaves them as they are; so does the backup.
        page.goto(&format!("#/form/{key}")).await;
        page.type_into("unit-parent", "Đảng bộ xã").await;
        page.wait_saved().await;
        page.go_home().await;
        let backup = page.download("backup").await;
        let backup = fs::read_to_string(backup).unwrap();
        assert!(backup.contains("bontot.draft/9") && backup.contains("x-broken"));
        let now = drafts(&page).await;
        for (key, text) in records.as_object().unwrap() {
            assert_eq!(&now[key], text);
        }
    });
}

#[test]
fn data_of_a_newer_version_stays_and_the_page_goes_on_in_memory() {
    journey("newer", 120, async |stage| {
        let page = stage.open("cell").await;
        page.shows("new-form").await;
        let newer = "await wait(indexedDB.deleteDatabase(database));
            const base = await open(99, (base) => base.createObjectStore('drafts'));
            await put(base, { k: 'of tomorrow' })";
        on_database(&page, newer, vec![]).await;
        page.goto("").await;
        says_in_both(&page, "storage-warning", "bản mới hơn", "newer version").await;
        says_in_both(&page, "storage-warning", "mất khi đóng trang", "lost when").await;
        page.new_form(SHORT).await;
        fill_and_export(&page).await;
        assert_eq!(drafts(&page).await, json!({ "k": "of tomorrow" }));
    });
}

#[test]
fn forms_that_the_browser_lost_are_missed() {
    journey("emptied", 120, async |stage| {
        let page = stage.open("cell").await;
        begin(&page).await;
        page.go_home().await;
        page.says("form-list", UNIT).await;
        let clear = "await wait(indexedDB.deleteDatabase(database));";
        on_database(&page, clear, vec![]).await;
        page.goto("").await;
        says_in_both(&page, "notice", "có 1 phiếu", "kept forms (1)").await;
        page.reload().await;
        page.says("notice", "bản sao lưu").await;
        page.click_words("Đóng").await;
        page.reload().await;
        page.shows("new-form").await;
        assert!(!page.sees("notice").await);

        // A form that a person deleted is not missed.
        page.new_form(SHORT).await;
        page.wait_saved().await;
        page.go_home().await;
        page.click("delete").await;
        page.click("delete-yes").await;
        page.says("notice", "Đã xóa").await;
        page.reload().await;
        page.says("form-list", "Chưa có").await;
        assert!(!page.sees("notice").await);
    });
}

#[test]
fn a_database_that_is_damaged_on_disk_does_not_stop_the_page() {
    journey("damaged", 120, async |stage| {
        let page = stage.open("cell").await;
        begin(&page).await;
        page.go_home().await;
        page.says("form-list", UNIT).await;
        stage.close().await;
        damage(&stage);
        let page = stage.open("cell").await;
        // Chromium makes a new one in its place, or reports the damage.
        let script = "const words = said(at('notice')) + said(at('storage-warning'));
            return words.includes('có 1 phiếu') || words.includes('báo lỗi')";
        page.until("the loss is told", script, json!([])).await;
        page.new_form(SHORT).await;
        fill_and_export(&page).await;
    });
}

/// Writes zeros over every file of the browser's databases.
fn damage(stage: &Stage) {
    let folder = stage.folder().join("profile-cell/Default/IndexedDB");
    let mut damaged = 0;
    for base in fs::read_dir(folder).unwrap() {
        let base = base.unwrap().path();
        if !base.to_string_lossy().contains("leveldb") {
            continue;
        }
        for file in fs::read_dir(base).unwrap() {
            let file = file.unwrap().path();
            let length = fs::metadata(&file).unwrap().len();
            fs::write(file, vec![0; usize::try_from(length).unwrap()]).unwrap();
            damaged += 1;
        }
    }
    assert!(damaged > 2, "only {damaged} files");
}

#[test]
fn data_of_every_earlier_version_is_taken_over() {
    journey("migration", 120, async |stage| {
        let page = stage.open("cell").await;
        page.shows("new-form").await;
        let draft = fs::read_to_string(GOLDEN).unwrap();
        let id = serde_json::from_str::<Value>(&draft).unwrap()["form"]["id"].clone();
        let id = id.as_str().unwrap();
        let before_packs = json!([
            "drafts",
            "keys",
            "deleted",
            "history",
            "trust",
            "appraised",
            "clock",
            "received",
            "texts",
            "spread",
            "units",
            "answers",
            "opinions",
            "attached"
        ]);
        for (version, stores) in [
            (1, json!(["drafts", "keys"])),
            (2, json!(["drafts", "keys", "deleted"])),
            (8, before_packs),
        ] {
            let old = "await wait(indexedDB.deleteDatabase(database));
                const base = await open(a, (base) => b.forEach((name) => base.createObjectStore(name)));
                await put(base, c)";
            let args = vec![json!(version), stores, json!({ id: draft })];
            on_database(&page, old, args).await;
            page.goto("").await;
            page.says("form-list", UNIT).await;
            page.follow(UNIT).await;
            page.shows("save-state").await;
            page.go("unit").await;
            page.has_value("unit-name", UNIT).await;
            page.type_into("unit-parent", PARENT).await;
            page.wait_saved().await;
            page.reload().await;
            page.go("unit").await;
            page.has_value("unit-parent", PARENT).await;
        }
    });
}
