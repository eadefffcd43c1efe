//! Long texts: a field keeps what it shows and says what it does not take, paper keeps its type size, and no page is
//! wider than its screen.

use std::fs;

use bon_tot::form::{Assessment, FORM_TEXT_LIMIT, Practice, TEXT_LIMIT, json_size};
use bon_tot::json::to_canonical;
use serde_json::json;

use crate::support::Stage;
use crate::support::answers::everything_met;
use crate::support::journey;
use crate::support::page::Page;
use crate::support::pdf;
use crate::support::shots::{NARROWEST, folder};

const PACK: &str = "nghe-an-2024";
const PASSPHRASE: &str = "mười cây trám đen";

/// A word of 300 letters.
fn word(letter: &str) -> String {
    letter.repeat(300)
}

async fn open(page: &Page, stage: &Stage, form: &Assessment) {
    let file = stage.folder().join("form.json");
    fs::write(&file, to_canonical(form)).unwrap();
    page.go_home().await;
    page.upload("import-file", &file).await;
    page.shows("verdict").await;
}

/// Puts a text in as a program of the page's reader does, at once.
async fn set(page: &Page, id: &str, text: &str) {
    let script = "const e = at(arguments[0]);
        e.value = arguments[1];
        e.dispatchEvent(new InputEvent('input', { bubbles: true }))";
    page.look(script, json!([id, text])).await;
}

/// Pastes a text at the end of a field, by way of another field.
async fn paste(page: &Page, from: &str, id: &str, text: &str) {
    set(page, from, text).await;
    let field = async |id: &str| page.element(id, "return at(arguments[0])", json!([id])).await;
    let keys = thirtyfour::Key::Control;
    field(from).await.send_keys(keys.clone() + "a").await.unwrap();
    field(from).await.send_keys(keys.clone() + "x").await.unwrap();
    page.has_value(from, "").await;
    let end = "const e = at(arguments[0]); e.focus(); e.setSelectionRange(e.value.length, e.value.length)";
    page.look(end, json!([id])).await;
    field(id).await.send_keys(keys + "v").await.unwrap();
}

/// What is said at a field of its limit, and how often a live region says something.
async fn said(page: &Page, id: &str, words: &str) {
    let script = "const told = at(arguments[0]).closest('label').querySelector('.field__limit [role=status]');
        return told?.textContent.includes(arguments[1])";
    page.until(&format!("{id} says {words:?}"), script, json!([id, words])).await;
}

#[test]
fn a_field_keeps_what_it_shows_and_says_what_it_does_not_take() {
    journey("text_limits", 180, async |stage| {
        let page = stage.open("cell").await;
        let mut form = everything_met(PACK).form;
        open(&page, &stage, &form).await;
        page.go("practices").await;
        let (id, other) = ("remarks-causes", "remarks-remedies");

        // Far from its limit a field says nothing; from nine tenths on it counts.
        set(&page, id, &"ộ".repeat(TEXT_LIMIT / 10 * 9 - 1)).await;
        let silent =
            "return at(arguments[0]).closest('label').querySelector('.field__limit').textContent";
        assert_eq!(page.look(silent, json!([id])).await, json!(""));
        paste(&page, other, id, "x").await;
        said(&page, id, "Sắp hết chỗ").await;
        page.says_somewhere("Còn 2000 ký tự").await;
        // Of a paste that is too long it keeps what fits, and says so.
        paste(&page, other, id, &"y".repeat(3000)).await;
        said(&page, id, "đã bị cắt").await;
        let kept = ["ộ".repeat(TEXT_LIMIT / 10 * 9 - 1), "y".repeat(2000)].join("x");
        page.has_value(id, &kept).await;
        page.wait_saved().await;
        page.reload().await;
        page.is_at("practices").await;
        page.has_value(id, &kept).await;
        said(&page, id, "Đã hết chỗ").await;

        // The form as a whole is nearly full: a field stays as it is.
        let texts = FORM_TEXT_LIMIT / TEXT_LIMIT - 2;
        form.id = bon_tot::value::AssessmentId::from_bits([8; 16]);
        form.practices = (0..texts)
            .map(|_| Practice { title: String::new(), text: "x".repeat(TEXT_LIMIT) })
            .collect();
        form.remarks.causes = "đã có".into();
        while form.text_room() > 2000 {
            let more = "z".repeat((form.text_room() - 1000).min(TEXT_LIMIT));
            form.practices.push(Practice { title: String::new(), text: more });
        }
        assert!(form.text_room() > json_size(&"w".repeat(900)));
        open(&page, &stage, &form).await;
        page.go("practices").await;
        paste(&page, other, id, &"w".repeat(1500)).await;
        said(&page, id, "Cả phiếu đã hết chỗ").await;
        page.has_value(id, "đã có").await;
        paste(&page, other, id, &"w".repeat(900)).await;
        let kept = ["đã có", &"w".repeat(900)].concat();
        page.has_value(id, &kept).await;
        page.wait_saved().await;
        page.reload().await;
        page.is_at("practices").await;
        page.has_value(id, &kept).await;
    });
}

fn with_long_words() -> Assessment {
    let mut form = everything_met(PACK).form;
    form.unit.name = word("N");
    form.unit.parent = word("ở");
    form.unit.superior = word("W");
    for answer in form.items.values_mut() {
        answer.evidence = format!("https://x.vn/{}", word("q"));
    }
    form.remarks.strengths = word("m");
    form.practices = vec![Practice { title: word("T"), text: word("w") }];
    form.locality = word("P");
    form
}

/// The form on paper: where every word stands, page by page.
async fn printed(page: &Page, name: &str) -> Vec<pdf::Word> {
    page.go("review").await;
    page.press_print().await;
    let file = folder().join(format!("{name}.pdf"));
    page.pdf(&file).await;
    pdf::words(&file)
}

#[test]
fn paper_keeps_its_type_size_and_cuts_nothing() {
    journey("paper_long_words", 180, async |stage| {
        let page = stage.open("cell").await;
        open(&page, &stage, &everything_met(PACK).form).await;
        let usual = printed(&page, "paper-usual").await;
        open(&page, &stage, &with_long_words()).await;
        let long = printed(&page, "paper-long").await;
        let height = |words: &[pdf::Word], text: &str| {
            let word = words.iter().find(|word| word.text == text);
            word.unwrap_or_else(|| panic!("{text} is not on paper")).height
        };
        for text in ["ĐÁNH", "NAM", "1.01"] {
            let (usual, long) = (height(&usual, text), height(&long, text));
            assert!((usual - long).abs() < 0.05, "{text}: {usual} pt, then {long} pt");
        }
        // A4 with margins of 30 mm on the left and 15 mm on the right.
        let (left, right) = (30.0 / 25.4 * 72.0 - 1.0, 195.0 / 25.4 * 72.0 + 1.0);
        for word in &long {
            assert!(word.from >= left && word.to <= right, "{word:?}");
        }
        let all: String = long.iter().map(|word| word.text.as_str()).collect();
        for letter in ["N", "W", "q", "m", "T", "w"] {
            let count = all.matches(letter).count();
            assert!(count >= 300, "{letter}: {count} on paper");
        }
    });
}

/// Nothing sticks out of a narrow screen.
async fn fits(page: &Page, what: &str) {
    page.drawn().await;
    let wide = page.sideways().await;
    assert!(wide.is_empty(), "{what}: {wide:?}");
}

#[test]
fn a_long_name_widens_no_page() {
    journey("long_name", 240, async |stage| {
        let page = stage.open("cell").await;
        page.resize(NARROWEST).await;
        open(&page, &stage, &with_long_words()).await;
        fits(&page, "the notice of a file").await;
        for section in page.sections().await {
            page.go(&section).await;
            fits(&page, &section).await;
        }
        page.seal(PASSPHRASE).await;
        fits(&page, "a sealed form").await;
        for fold in ["signature-more", "print-settings", "share", "history"] {
            page.unfold(fold).await;
            fits(&page, fold).await;
        }
        let file = page.download("export").await;
        page.go_home().await;
        page.shows("form-row").await;
        fits(&page, "the list of forms").await;
        page.click("delete").await;
        page.shows("delete-yes").await;
        fits(&page, "asking before a form is deleted").await;
        page.click("delete-yes").await;
        page.shows("notice").await;
        fits(&page, "the notice of a deleted form").await;
        page.unfold("deleted-forms").await;
        fits(&page, "deleted forms").await;
        page.upload("import-file", &file).await;
        page.shows("verdict").await;
        fits(&page, "a sealed file").await;
        page.goto("#/keys").await;
        page.shows("key-row").await;
        fits(&page, "a key").await;
        page.click("key-rename").await;
        fits(&page, "renaming a key").await;
        page.click("key-passphrase").await;
        page.shows("key-passphrase-form").await;
        fits(&page, "another passphrase").await;
    });
}
