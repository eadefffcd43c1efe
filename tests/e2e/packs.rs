//! Criteria that an author publishes: announced, taken, used for a form; a newer version comes, and the form is moved to it
//! and back.

use std::fs;
use std::path::PathBuf;

use bon_tot::form::{Answer, AnswerVerdict, Assessment, FieldValue, Period};
use bon_tot::json::{PACK_LIMIT, parse};
use bon_tot::pack::Pack;
use bon_tot::seal::{Published, PublishedContent, SecretKey, seal};
use bon_tot::share::{Texts, link, parts};
use bon_tot::value::{AssessmentId, Date, Id, Instant};
use serde_json::json;

use crate::paper_codes::{pictures, together};
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

fn published(stage: &Stage, text: &str, name: &str) -> PathBuf {
    let content = PublishedContent {
        pack: parse(text.as_bytes(), PACK_LIMIT).unwrap(),
        author: "Ban Tổ chức Tỉnh ủy".to_owned(),
        note: "Bản đầu tiên".to_owned(),
        date: Date::new(2026, 11, 20).unwrap(),
    };
    let key = SecretKey::from_seed(&[7; 32]);
    let file = Published::make(content, &key, Instant::from_unix(1_795_000_000));
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
        // It is known still when the page is opened again.
        page.reload().await;
        page.shows("new-form").await;
        page.new_form("ban-2026").await;
        page.type_into("unit-name", "Chi bộ xóm").await;
        page.type_into("fact-n", "10").await;
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
