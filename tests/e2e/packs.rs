//! Criteria that an author publishes: announced, taken, used for a form; a newer version comes, and the form is moved to it
//! and back.

use std::fs;
use std::path::{Path, PathBuf};

use bon_tot::form::{Answer, AnswerVerdict, Assessment, FieldValue, Period};
use bon_tot::json::{PACK_LIMIT, parse};
use bon_tot::pack::{Pack, PeriodKind};
use bon_tot::seal::{KeyCard, Published, PublishedContent, SecretKey, seal};
use bon_tot::share::{Texts, link, parts};
use bon_tot::value::{AssessmentId, Date, Id, Instant};
use serde_json::json;

use crate::paper_codes::{pictures, together};
use crate::support::axe::Rules;
use crate::support::page::Page;
use crate::support::shots::{NARROW, WIDE};
use crate::support::{Stage, journey};

const PACK: &str = r#"{
  "format": "bontot.pack/1", "id": "ban-2026", "version": "1.0.0", "title": {"vi": "Bộ của Ban", "en": "The office's"},
  "effective": {"from": null, "to": null},
  "levels": [{"id": "cell", "label": {"vi": "Chi bộ", "en": "Cell"}}],
  "types": [{"id": "village", "label": {"vi": "Xóm", "en": "Village"}}],
  "periods": ["year"],
  "facts": [{"id": "n", "label": {"vi": "Số đảng viên", "en": "Members"}, "min": 1, "max": 100, "applies": ["*:*"]}],
  "criteria": [{"id": "C1", "label": {"vi": "Một", "en": "One"}, "others_percent": 50}],
  "items": [
    {"id": "i1", "criterion": "C1", "label": {"vi": "Dự họp", "en": "Attendance"}, "applies": ["*:*"],
     "fields": [{"id": "num", "kind": "integer", "label": {"vi": "Số dự", "en": "Present"}, "min": 0, "max": 100, "required": true}],
     "met_when": {"share": {"of": {"field": "num"}, "in": {"fact": "n"}, "op": "ge", "percent": 85}}},
    {"id": "i2", "criterion": "C1", "label": {"vi": "Việc cũ", "en": "Old work"}, "applies": ["*:*"]}
  ],
  "decision": {"criteria_required": 1, "vote": null}
}"#;

/// The key of the author, who is no unit.
fn author() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn published(stage: &Stage, text: &str, name: &str) -> PathBuf {
    let content = PublishedContent {
        pack: parse(text.as_bytes(), PACK_LIMIT).unwrap(),
        author: "Ban Tổ chức Tỉnh ủy".to_owned(),
        note: "Bản đầu tiên".to_owned(),
        date: Date::new(2026, 11, 20).unwrap(),
    };
    let file = Published::make(content, &author(), Instant::from_unix(1_795_000_000));
    let path = stage.folder().join(name);
    fs::write(&path, file.to_text()).unwrap();
    path
}

/// The next version: an item less, one more, and another threshold.
fn next_version() -> String {
    let text = PACK.replace("1.0.0", "1.1.0").replace(r#""percent": 85"#, r#""percent": 60"#);
    text.replace("i2", "i3").replace("Việc cũ", "Việc mới")
}

/// A form by the first version, in which everything is met.
fn form() -> (Pack, Assessment) {
    let pack = Pack::from_bytes(PACK.as_bytes()).unwrap();
    let day = |month, day| Date::new(2026, month, day).unwrap();
    let period = Period { kind: pack.periods[0], from: day(1, 1), to: day(12, 31) };
    let id = AssessmentId::from_bits([9; 16]);
    let mut form = Assessment::blank(&pack, id, period, Instant::from_unix(1_795_000_000)).unwrap();
    form.unit.name = "Chi bộ bản Xa".to_owned();
    let id = |text: &str| Id::new(text).unwrap();
    form.facts.set(id("n"), Some(10));
    let mut attendance = Answer::default();
    attendance.fields.set(id("num"), Some(FieldValue::Int(9)));
    form.items.set(id("i1"), Some(attendance));
    let met = Answer { verdict: Some(AnswerVerdict::Met), ..Answer::default() };
    form.items.set(id("i2"), Some(met));
    (pack, form)
}

#[test]
fn what_was_made_by_a_version_opens_for_ever() {
    journey("packs_earlier", 180, async |stage| {
        let (pack, form) = form();
        let sealed = seal(&pack, &form, &SecretKey::from_seed(&[3; 32]), form.created).to_text();
        let file = stage.folder().join("signed.json");
        fs::write(&file, &sealed).unwrap();
        let codes = pictures(stage.folder(), &parts(sealed.as_bytes()).unwrap());
        let sent = link(&pack, &form, Texts::Left).unwrap();

        let page = stage.open("office").await;
        page.shows("new-form").await;
        // Without the pack it is said which one is needed.
        page.goto(&format!("#/check/{sent}")).await;
        page.says_somewhere("ban-2026").await;
        page.go_home().await;
        for (text, name) in [(PACK, "bo-1.json"), (&next_version(), "bo-2.json")] {
            page.take_in("import-file", &published(&stage, text, name)).await;
            page.says("notice", if text == PACK { "1.0.0" } else { "1.1.0" }).await;
        }
        page.goto(&format!("#/check/{sent}")).await;
        page.has("verdict", "data-verdict", "eligible").await;
        page.go_home().await;
        page.upload("import-file", &file).await;
        page.says("notice", "Chi bộ bản Xa").await;
        page.has("verdict", "data-verdict", "eligible").await;
        page.go("C1").await;
        page.shows("item-i2").await;
        stage.close().await;

        let page = stage.open("other").await;
        page.shows("new-form").await;
        for (text, name) in [(&next_version()[..], "bo-2.json"), (PACK, "bo-1.json")] {
            page.take_in("import-file", &published(&stage, text, name)).await;
            page.says("notice", if text == PACK { "1.0.0" } else { "1.1.0" }).await;
        }
        page.upload("import-file", &together(&codes)).await;
        page.says("notice", "Chi bộ bản Xa").await;
        page.has("verdict", "data-verdict", "eligible").await;
    });
}

#[test]
fn a_published_pack_is_taken_and_a_form_moves_to_its_next_version() {
    journey("packs", 180, async |stage| {
        let first = published(&stage, PACK, "bo-1.json");
        let next = published(&stage, &next_version(), "bo-2.json");

        let page = stage.open("cell").await;
        page.shows("new-form").await;
        page.upload("import-file", &first).await;
        page.says("asking", "là bộ tiêu chí “Bộ của Ban”, bản 1.0.0").await;
        page.says("asking", "Ban Tổ chức Tỉnh ủy").await;
        page.is_accessible("pack-asking", "asking").await;
        page.click("ask-yes").await;
        page.says("notice", "Đã nhận bộ tiêu chí “Bộ của Ban”").await;
        page.pick("pack-choice", "ban-2026").await;
        page.says("pack-origin", "Ban Tổ chức Tỉnh ủy").await;
        page.has("pack-origin", "data-standing", "unknown").await;
        // It is known still when the page is opened again.
        page.reload().await;
        page.shows("new-form").await;
        page.new_form("ban-2026").await;
        page.type_into("unit-name", "Chi bộ xóm").await;
        page.type_into("fact-n", "10").await;
        // Who published the criteria stands with the form, on the screen and on paper.
        page.unfold("about-pack").await;
        page.says("about-pack", "do “Ban Tổ chức Tỉnh ủy” công bố").await;
        page.has("pack-origin", "data-standing", "unknown").await;
        page.says("about-pack", "chưa đối chiếu khóa ấy").await;
        assert_eq!(page.axe(Rules::All).await, [""; 0]);
        page.resize(NARROW).await;
        page.scroll_to("pack-origin").await;
        page.shoot("pack-about-360.png").await;
        assert_eq!(page.sideways().await, [""; 0]);
        page.resize(WIDE).await;
        page.go("review").await;
        page.press_print().await;
        let paper = "return at('paper-pack')?.textContent.includes(arguments[0])";
        let line = "phiên bản 1.0.0, do “Ban Tổ chức Tỉnh ủy” phát hành (khóa ";
        page.until("the paper says it", paper, json!([line])).await;
        page.go("C1").await;
        page.type_into("field-i1-num", "7").await;
        page.choose("item-i2-met").await;
        page.wait_saved().await;
        assert!(!page.sees("pack-upgrade").await);

        page.go_home().await;
        page.upload("import-file", &next).await;
        page.says("asking", "thay cho bản 1.0.0").await;
        page.click("ask-yes").await;
        page.says("notice", "bản 1.1.0").await;
        page.follow("Chi bộ xóm").await;
        page.is_accessible("pack-upgrade", "pack-upgrade").await;
        page.click("pack-upgrade").await;
        page.says("pack-upgrade-told", "Việc mới").await;
        page.says("pack-upgrade-told", "Việc cũ").await;
        page.says("pack-upgrade-told", "→").await;
        page.click("pack-upgrade-go").await;
        page.says("notice", "Đã chuyển phiếu sang bản 1.1.0").await;
        page.shows("item-i3").await;
        assert!(!page.sees("pack-upgrade").await);
        page.unfold("set-aside").await;
        page.says("set-aside", "Việc cũ").await;
        page.wait_saved().await;

        // One step takes it all back.
        page.click("undo-move").await;
        page.shows("item-i2").await;
        page.shows("pack-upgrade").await;
        assert!(!page.sees("set-aside").await);
        page.has_value("field-i1-num", "7").await;
        page.wait_saved().await;

        // Moved again, it stays so.
        page.click("pack-upgrade").await;
        page.click("pack-upgrade-go").await;
        page.shows("item-i3").await;
        page.wait_saved().await;
        page.reload().await;
        page.shows("item-i3").await;
        page.has_value("field-i1-num", "7").await;
        page.shows("set-aside").await;
        page.until("nothing is offered", "return !at('pack-upgrade')", json!([])).await;
    });
}

/// A form by the pack that a unit signed, and the cards of the unit's key and the author's.
fn signed(stage: &Stage) -> [PathBuf; 3] {
    let pack = Pack::from_bytes(PACK.as_bytes()).unwrap();
    let (from, to) = (Date::new(2026, 1, 1).unwrap(), Date::new(2026, 12, 31).unwrap());
    let period = Period { kind: PeriodKind::Year, from, to };
    let now = Instant::from_unix(1_795_000_000);
    let mut form = Assessment::blank(&pack, AssessmentId::from_bits([9; 16]), period, now).unwrap();
    form.unit.name = "Chi bộ xóm".to_owned();
    let key = SecretKey::from_seed(&[42; 32]);
    let texts = [
        ("phieu.json", seal(&pack, &form, &key, now).to_text()),
        ("khoa.json", KeyCard::make("Chi bộ xóm", &key, now).to_text()),
        ("khoa-ban.json", KeyCard::make("Ban Tổ chức", &author(), now).to_text()),
    ];
    texts.map(|(name, text)| {
        let path = stage.folder().join(name);
        fs::write(&path, text).unwrap();
        path
    })
}

async fn trusts(page: &Page, card: &Path) {
    page.goto("#/keys").await;
    page.take_in("import-file", card).await;
    page.click("trust-compare").await;
    let shown = KeyCard::from_bytes(&fs::read(card).unwrap()).unwrap();
    page.type_into("trust-code", &shown.check_code()).await;
    page.click("trust-form-go").await;
    page.until("it is trusted", "return !at('trust-form-go') && !at('trust-compare')", json!([]))
        .await;
}

async fn opens_the_row(page: &Page) {
    let row = "return at('desk-row')?.querySelector('th button')";
    page.element("the row", row, json!([])).await.click().await.unwrap();
    page.shows("desk-detail").await;
}

#[test]
fn a_form_by_unknown_criteria_is_verified_once_they_are_taken() {
    journey("packs_superior", 180, async |stage| {
        let pack = published(&stage, PACK, "bo-1.json");
        let digest = Pack::from_bytes(PACK.as_bytes()).unwrap().digest.to_string();
        let [form, unit, office] = signed(&stage);
        let page = stage.open("superior").await;
        trusts(&page, &unit).await;
        page.goto("#/desk").await;
        page.upload("desk-import", &form).await;
        page.has("desk-row", "data-status", "unknown_pack").await;
        opens_the_row(&page).await;
        page.says("desk-detail", "ban-2026").await;
        page.says("desk-pack-digest", &digest).await;
        assert!(!page.sees("pack-origin").await, "nobody knows where it is from");

        page.go_home().await;
        page.take_in("import-file", &pack).await;
        page.goto("#/desk").await;
        page.has("desk-row", "data-status", "verified").await;
        opens_the_row(&page).await;
        page.has("desk-detail", "data-status", "verified").await;
        page.has("pack-origin", "data-origin", "published").await;
        page.has("pack-origin", "data-standing", "unknown").await;
        page.is_accessible("desk-pack", "desk-pack-digest").await;
        // It is so still after a reload; and the author's key may be trusted, too.
        trusts(&page, &office).await;
        page.goto("#/desk").await;
        page.reload().await;
        page.has("desk-row", "data-status", "verified").await;
        opens_the_row(&page).await;
        page.has("pack-origin", "data-standing", "trusted").await;
        page.says("pack-origin", "Khóa tin cậy: Ban Tổ chức").await;
    });
}
