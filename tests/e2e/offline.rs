//! After one visit the page needs no network: it starts, fills, seals and exports with the server
//! gone. A newer version comes whole or not at all, and only when the person agrees.

use serde_json::{Value, json};

use crate::support::answers::{UNIT, everything_met};
use crate::support::browser::Kind;
use crate::support::cli::bontot;
use crate::support::deploy::{OTHER, other_version};
use crate::support::page::Page;
use crate::support::shots::folder;
use crate::support::{Stage, dist, journey};

const PASSPHRASE: &str = "trăm năm bia đá";

#[test]
fn everything_works_without_a_network_after_one_visit() {
    journey("offline", 240, async |stage| walk(&stage, Kind::Chromium).await);
}

#[test]
fn everything_works_without_a_network_after_one_visit_in_firefox() {
    journey("offline_firefox", 300, async |stage| walk(&stage, Kind::Firefox).await);
}

async fn walk(stage: &Stage, kind: Kind) {
    let page = stage.open_in(kind, "cell").await;
    opens_offline(&page).await;
    if kind == Kind::Chromium {
        // Firefox installs no pages.
        let cdp = page.driver().cdp();
        let faults = cdp.send_raw("Page.getInstallabilityErrors", json!({}));
        let faults = faults.await.unwrap();
        assert_eq!(faults["installabilityErrors"], json!([]));
    }
    stage.close().await;

    stage.server().stop();
    let page = stage.open_in(kind, "cell").await;
    let work = everything_met("nghe-an-2024");
    page.new_form(work.pack).await;
    page.fill(&work).await;
    page.has("verdict", "data-verdict", "eligible").await;
    page.seal(PASSPHRASE).await;
    let file = page.download("export").await;
    let called = bontot(&["verify", file.to_str().unwrap()]);
    assert_eq!(called.status, 0, "{}{}", called.stdout, called.stderr);
    if kind == Kind::Chromium {
        prints(&page).await; // shows the paper by Chromium's own protocol
    }
    page.reload().await;
    page.shows("review").await;
    page.speak("en").await;
    page.go_home().await;
    page.says("form-list", UNIT).await;
    page.says_somewhere("opens without a network").await;
}

#[test]
fn a_new_version_comes_whole_and_with_consent() {
    journey("upgrade", 180, async |stage| {
        let page = stage.open("cell").await;
        opens_offline(&page).await;
        page.reload().await;
        page.new_form("nghe-an-2024").await;
        page.type_into("unit-name", UNIT).await;
        page.wait_saved().await;

        let other = stage.folder().join("other");
        other_version(&dist(), &other);
        stage.server().deploy(&other);
        // One of its files is missing yet: nothing of it is taken.
        stage.expect_complaint(OTHER);
        stage.expect_complaint("sw.js");
        stage.server().refuse("_rest.wasm");
        ask_for_news(&page).await;
        let script = "const done = arguments[0];
            navigator.serviceWorker.getRegistration().then(r => done(!r.installing && !r.waiting))";
        page.until_async("the half version is given up", script, vec![]).await;
        assert!(!page.sees("new-version").await, "half a version is offered");
        page.reload().await;
        is_version(&page, false).await;
        // From now on there is a change, so that no version is taken without being asked.
        page.type_into("unit-parent", "Đảng bộ xã").await;
        page.wait_saved().await;

        stage.server().recover();
        is_offered(&page).await;
        page.speak("en").await;
        page.says("new-version", "new version").await;
        page.speak("vi").await;
        page.says("new-version", "bản mới").await;
        is_version(&page, false).await;

        // What was typed the moment before is there in the new version.
        page.type_into("fact-members_total", "17").await;
        page.click("take-version").await;
        let script = "return document.documentElement.dataset.version === 'other'";
        page.until("the new version", script, json!([])).await;
        is_version(&page, true).await;
        page.has_value("unit-name", UNIT).await;
        page.has_value("fact-members_total", "17").await;
        assert!(!page.sees("new-version").await);
    });
}

#[test]
fn a_waiting_version_is_taken_when_the_page_opens_again() {
    journey("upgrade_at_start", 90, async |stage| {
        let page = stage.open("cell").await;
        opens_offline(&page).await;
        page.reload().await;
        let other = stage.folder().join("other");
        other_version(&dist(), &other);
        stage.server().deploy(&other);
        is_offered(&page).await;
        page.reload().await;
        let script = "return document.documentElement.dataset.version === 'other'";
        page.until("the new version", script, json!([])).await;
        is_version(&page, true).await;
    });
}

#[test]
fn a_kept_file_that_was_changed_is_never_answered() {
    journey("changed_cache", 120, async |stage| {
        let page = stage.open("cell").await;
        opens_offline(&page).await;
        page.reload().await;
        page.shows("new-form").await;

        // With a network it is fetched anew, and the page runs as it was built.
        assert_eq!(kept_is_sound(&page, "_bg.wasm").await, json!(true));
        change_kept(&page, "_bg.wasm").await;
        assert_eq!(kept_is_sound(&page, "_bg.wasm").await, json!(false));
        page.reload().await;
        page.shows("new-form").await;
        assert_eq!(kept_is_sound(&page, "_bg.wasm").await, json!(true));

        // Without one the request fails, again and again; the others are answered all the same.
        change_kept(&page, "_rest.wasm").await;
        stage.server().refuse("_rest.wasm");
        stage.expect_complaint("_rest.wasm");
        for _ in 0..2 {
            assert_eq!(refused(&page).await, json!(["_rest.wasm"]));
        }
        stage.server().recover();
        assert_eq!(refused(&page).await, json!([]));
        assert_eq!(kept_is_sound(&page, "_rest.wasm").await, json!(true));
    });
}

/// The ends of the names of the files of this version that are not answered.
async fn refused(page: &Page) -> Value {
    let script = "const done = arguments[0];
        caches.keys().then(async ([name]) => {
            const urls = (await (await caches.open(name)).keys()).map((request) => request.url);
            const all = [...new Set([...urls, window.changed])];
            const not = await Promise.all(all.map((url) => fetch(url).then(() => [], () => [url])));
            done(all.length > 5 && not.flat().map((url) => url.slice(url.lastIndexOf('_'))));
        }).catch((error) => done(String(error)))";
    let found = page.driver().execute_async(script, vec![]).await;
    found.unwrap().json().clone()
}

/// Changes one byte at the end of a kept file of the program, as any other page at this address could.
async fn change_kept(page: &Page, part: &str) {
    let script = "const [part, done] = arguments;
        caches.keys().then(async ([name]) => {
            const cache = await caches.open(name);
            const key = (await cache.keys()).find(({ url }) => url.includes('/app-') && url.endsWith(part));
            const kept = await cache.match(key);
            const bytes = new Uint8Array(await kept.arrayBuffer());
            bytes[bytes.length - 1] ^= 1;
            await cache.put(key, new Response(bytes, { headers: kept.headers }));
            window.changed = key.url;
            done(true);
        }).catch((error) => done(String(error)))";
    page.until_async("the kept file is changed", script, vec![json!(part)]).await;
}

/// Has the kept file a digest that the service worker's script states?
async fn kept_is_sound(page: &Page, part: &str) -> Value {
    let script = "const [part, done] = arguments;
        caches.keys().then(async ([name]) => {
            const cache = await caches.open(name);
            const key = (await cache.keys()).find(({ url }) => url.includes('/app-') && url.endsWith(part));
            const bytes = await (await cache.match(key)).arrayBuffer();
            const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
            const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
            done((await (await fetch('sw.js')).text()).includes(hex));
        }).catch((error) => done(String(error)))";
    let found = page.driver().execute_async(script, vec![json!(part)]).await;
    found.unwrap().json().clone()
}

/// The paper says all that was entered, and nothing of the screen; the browser makes a file of it.
async fn prints(page: &Page) {
    page.press_print().await;
    let cdp = page.driver().cdp();
    let paper = json!({ "media": "print" });
    cdp.send_raw("Emulation.setEmulatedMedia", paper).await.unwrap();
    page.says("paper", &UNIT.to_uppercase()).await; // as it is shown
    page.says("paper", "Đủ điều kiện đề nghị").await;
    page.says("paper", "Mã kiểm tra").await;
    let script = "const items = [...document.querySelectorAll('.paper tr')].map(said);
        return arguments[0].every(id => items.some(item => item.startsWith(id)))";
    let work = everything_met("nghe-an-2024");
    let ids = work.criteria.iter().flat_map(|(_, items)| items);
    let ids: Vec<_> = ids.map(|item| item.id.clone()).collect();
    page.until("every item is on paper", script, json!([ids])).await;
    for screen in ["seal", "lang-en", "verdict"] {
        assert!(!page.sees(screen).await, "{screen} is on paper");
    }
    page.pdf(&folder().join("paper-offline.pdf")).await;
    let screen = json!({ "media": "" });
    cdp.send_raw("Emulation.setEmulatedMedia", screen).await.unwrap();
}

/// Waits until the page says that it needs no network.
async fn opens_offline(page: &Page) {
    page.shows("new-form").await;
    page.says_somewhere("mở được cả khi không có mạng").await;
}

/// Asks for news as the browser does now and then, until a newer version is offered.
async fn is_offered(page: &Page) {
    let script = "const done = arguments[0];
        const offered = () => done(!!document.querySelector('[data-testid=new-version]'));
        navigator.serviceWorker.getRegistration().then(r => r.update()).then(offered, offered)";
    page.until_async("the new version is offered", script, vec![]).await;
}

async fn ask_for_news(page: &Page) {
    let script = "navigator.serviceWorker.getRegistration().then(r => r.update()).catch(() => {})";
    page.look(script, json!([])).await;
}

/// Is every file of the page from the same version?
async fn is_version(page: &Page, other: bool) {
    page.says_somewhere("Bốn Tốt").await;
    let script = "return performance.getEntriesByType('resource').map(e => e.name)
        .filter(name => name.includes('/app-'))";
    let loaded = page.until("the files of the page", script, json!([])).await;
    let names = loaded.as_array().unwrap();
    assert!(names.len() >= 2, "{names:?}");
    for name in names {
        let is = name.as_str().unwrap().contains(OTHER);
        assert_eq!(is, other, "files of two versions: {names:?}");
    }
}
