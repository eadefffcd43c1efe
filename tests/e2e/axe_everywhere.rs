//! Every page and every section, in both languages, on a telephone and on a desk, light and dark:
//! axe-core finds nothing, nothing can be scrolled sideways, and a thumb can hit what it must. Each
//! is photographed on the way.

use std::collections::BTreeMap;
use std::fs;

use serde_json::json;

use crate::support::answers::{UNIT, everything_met, sealed_elsewhere};
use crate::support::axe::Rules;
use crate::support::journey;
use crate::support::page::Page;
use crate::support::shots::{NARROW, NARROWEST, WIDE};
use crate::support::{Stage, answers::Work};

#[test]
fn the_form_of_nghe_an_is_accessible_everywhere() {
    journey("axe_nghe_an", 400, async |stage| {
        let page = stage.open("cell").await;
        let mut found = Found::default();
        found.look(&page, "home-empty").await;
        let work = everything_met("nghe-an-2024");
        every_section(&page, &mut found, &work, "nghe-an").await;

        page.go("C2").await;
        page.type_into("field-2.08-present", "1o").await;
        page.type_into("field-2.09-unexcused", "2").await;
        page.type_into("field-2.09-absent_over_3", "0").await;
        page.unfold_all("item-2.08").await;
        page.unfold_all("item-2.09").await;
        found.look_at(&page, "nghe-an-C2-folds-and-fault", "item-2.08").await;
        page.go("gates").await;
        page.choose("gate-G1-yes").await;
        page.choose("gate-G1-excepted").await;
        page.choose("gate-G8-yes").await;
        found.look_at(&page, "nghe-an-gates-open", "gate-G1").await;
        page.go("review").await;
        found.look(&page, "nghe-an-review-not-eligible").await;
        page.type_into("passphrase", "ngắn").await;
        page.click("seal").await;
        page.shows("seal-error").await;
        found.look_at(&page, "nghe-an-review-seal-error", "seal").await;

        import(&page, &stage, &work).await;
        found.look(&page, "home-forms").await;
        page.click("delete").await;
        page.shows("delete-yes").await;
        found.look_at(&page, "home-delete", "form-row").await;
        page.follow(UNIT).await;
        page.go("C1").await;
        found.look(&page, "nghe-an-C1-filled").await;
        page.go("practices").await;
        found.look_at(&page, "nghe-an-practices-filled", "practice-0-title").await;
        page.seal("sáu con mèo mướp").await;
        found.look_at(&page, "nghe-an-review-sealed", "sealed").await;
        page.unfold("signature-more").await;
        found.look_at(&page, "nghe-an-review-signatures", "signatures").await;
        // A change of language folds it up.
        page.unfold("print-settings").await;
        found.look_now(&page, "nghe-an-review-print", "print-profile").await;
        page.goto("#/nowhere").await;
        found.look(&page, "unknown-address").await;
        found.is_nothing();
    });
}

#[test]
fn the_form_of_a_meeting_is_accessible_everywhere() {
    journey("axe_sinh_hoat", 400, async |stage| {
        let page = stage.open("cell").await;
        let mut found = Found::default();
        let work = everything_met("sinh-hoat-hd42");
        every_section(&page, &mut found, &work, "sinh-hoat").await;
        import(&page, &stage, &work).await;
        page.follow(UNIT).await;
        page.resize(NARROW).await;
        page.click("sections-toggle").await;
        page.shows("section-P4").await;
        found.look(&page, "sinh-hoat-sections-open").await;
        page.go("P4").await;
        page.choose("item-m.10-not_applicable").await;
        found.look_at(&page, "sinh-hoat-P4-filled", "item-m.10").await;
        page.go("review").await;
        found.look(&page, "sinh-hoat-review-filled").await;
        found.is_nothing();
    });
}

#[test]
fn what_is_tried_and_shared_is_accessible_everywhere() {
    journey("axe_tried", 400, async |stage| {
        let page = stage.open("cell").await;
        let mut found = Found::default();
        page.new_form("nghe-an-2024").await;
        page.fill(&everything_met("nghe-an-2024")).await;
        page.go("C2").await;
        page.type_into("field-2.08-present", "9").await;
        page.type_into("field-2.09-unexcused", "2").await;
        page.type_into("field-2.09-absent_over_3", "1").await;
        page.go("vote").await;
        page.type_into("vote-in_favour", "5").await;
        page.go("gates").await;
        page.choose("gate-G1-yes").await;
        page.type_date("gate-G1-date", "2026-03-04").await;
        page.go("review").await;
        found.look_at(&page, "plan", "plan").await;
        page.unfold("share").await;
        page.shows("share-url").await;
        found.look_now(&page, "share", "share-goes").await;
        found.look_now(&page, "share-qr", "share-copy").await;
        let url = page.value("share-url").await;
        page.click("try").await;
        page.shows("trial").await;
        page.go("gates").await;
        page.choose("gate-G1-no").await;
        page.go("review").await;
        found.look(&page, "trial").await;
        found.look_at(&page, "trial-differs", "check-differs").await;
        page.goto(&format!("#{}", url.split_once('#').unwrap().1)).await;
        page.shows("check").await;
        found.look(&page, "check").await;
        found.look_at(&page, "check-plan", "plan").await;
        for link in ["x", "2AAAA", "1AAAAAAAA"] {
            page.goto(&format!("#/check/{link}")).await;
            page.shows("link-error").await;
            found.look(&page, &format!("link-{link}")).await;
        }
        found.is_nothing();
    });
}

#[test]
fn the_page_of_keys_is_accessible_everywhere() {
    journey("axe_keys", 300, async |stage| {
        let page = stage.open("cell").await;
        let mut found = Found::default();
        page.goto("#/keys").await;
        page.shows("key-new").await;
        found.look(&page, "keys-empty").await;
        page.click("key-new").await;
        page.type_into("key-name", UNIT).await;
        let passphrase = "mười một con ngựa";
        page.type_into("passphrase", passphrase).await;
        page.type_into("passphrase-again", passphrase).await;
        page.click("key-make-go").await;
        page.says("key-row", UNIT).await;
        let card = page.download("key-card").await;
        found.look(&page, "keys-own").await;
        page.upload("import-file", &card).await;
        page.shows("asking").await;
        found.look_at(&page, "keys-card-asks", "asking").await;
        page.click("ask-yes").await;
        page.shows("trust-row").await;
        found.look_at(&page, "keys-card-came", "trust-list").await;
        for (button, form) in [
            ("key-passphrase", "key-passphrase-form"),
            ("key-rename", "key-rename-form"),
            ("trust-compare", "trust-form"),
        ] {
            page.click(button).await;
            page.shows(form).await;
            let name = format!("keys-{form}");
            // A change of language begins the page anew.
            found.look_now(&page, &name, form).await;
        }
        let code = page.text("key-code").await;
        page.type_into("trust-code", &code).await;
        page.click("trust-form-go").await;
        page.has("trust-row", "data-state", "trusted").await;
        found.look_at(&page, "keys-trusted", "trust-list").await;
        page.click("trust-revoke").await;
        page.shows("trust-revoke-form").await;
        found.look_now(&page, "keys-revoke", "trust-revoke-form").await;
        page.click("key-restore-open").await;
        page.shows("key-restore").await;
        found.look_now(&page, "keys-restore", "key-restore").await;
        found.is_nothing();
    });
}

/// A new form, nothing answered, section by section.
async fn every_section(page: &Page, found: &mut Found, work: &Work, name: &str) {
    page.new_form(work.pack).await;
    for section in page.sections().await {
        page.go(&section).await;
        found.look(page, &format!("{name}-{section}")).await;
    }
}

/// Brings a filled and sealed form in from another device; ends at the list of forms.
async fn import(page: &Page, stage: &Stage, work: &Work) {
    let sealed = sealed_elsewhere(work);
    let file = stage.folder().join(sealed.file_name());
    fs::write(&file, sealed.to_text()).unwrap();
    page.go_home().await;
    page.upload("import-file", &file).await;
    page.says("notice", UNIT).await;
    page.shows("section-unit").await;
    // It is looked at, until the work on it goes on here.
    page.click("make-own").await;
    page.until("it is one's own", "return !at('received')", json!([])).await;
    page.go_home().await;
    page.says("form-list", UNIT).await;
}

/// What was found, and on which pages. A fault of a part is one fault, on however many pages.
#[derive(Default)]
struct Found(BTreeMap<String, Vec<String>>);

impl Found {
    /// Looks at the page from its top.
    async fn look(&mut self, page: &Page, name: &str) {
        self.look_at(page, name, "").await;
    }

    /// Looks at the page as it stands, with this in the middle, in every language, size and colour.
    async fn look_at(&mut self, page: &Page, name: &str, middle: &str) {
        for language in ["vi", "en"] {
            page.speak(language).await;
            self.look_in(page, name, middle, language).await;
        }
        page.speak("vi").await;
    }

    /// The same in Vietnamese only.
    async fn look_now(&mut self, page: &Page, name: &str, middle: &str) {
        self.look_in(page, name, middle, "vi").await;
    }

    async fn look_in(&mut self, page: &Page, name: &str, middle: &str, language: &str) {
        page.resize(NARROWEST).await;
        let faults = page.sideways().await;
        self.note("sideways", &format!("{name}-{language}-320"), faults);
        for size in [NARROW, WIDE] {
            page.resize(size).await;
            page.scroll_to(middle).await;
            let name = format!("{name}-{language}-{}x{}", size.width, size.height);
            page.shoot(&format!("{name}.png")).await;
            let faults = page.sideways().await;
            self.note("sideways", &name, faults);
            let faults = page.small_targets().await;
            self.note("small", &name, faults);
            let faults = page.axe(Rules::All).await;
            self.note("axe", &name, faults);
            if language == "vi" {
                page.colours("dark").await;
                let faults = page.axe(Rules::Contrast).await;
                self.note("axe, dark", &name, faults);
                page.shoot(&format!("{name}-dark.png")).await;
                page.colours("light").await;
            }
        }
    }

    fn note(&mut self, kind: &str, name: &str, faults: Vec<String>) {
        for fault in faults {
            self.0.entry(format!("{kind}: {fault}")).or_default().push(name.to_owned());
        }
    }

    fn is_nothing(&self) {
        let lines = self.0.iter().map(|(fault, pages)| {
            let more = if pages.len() > 1 {
                format!(" and {} more", pages.len() - 1)
            } else {
                String::new()
            };
            format!("{fault}\n    on {}{more}", pages[0])
        });
        let lines: Vec<_> = lines.collect();
        assert!(lines.is_empty(), "{} faults:\n{}", lines.len(), lines.join("\n"));
    }
}
