//! What a person does with a form, in verbs.

use serde_json::{Value, json};

use super::answers::{Entry, ItemWork, Work};
use super::page::Page;

impl Page {
    /// Waits until every change is on disk.
    pub async fn wait_saved(&self) {
        let mut last = Value::Null;
        loop {
            let script = "const e = at('save-state');
                return e?.dataset.state === 'saved' && `revision ${e.dataset.revision}`";
            let revision = self.until("everything is saved", script, json!([])).await;
            if revision == last {
                return;
            }
            last = revision;
            tokio::time::sleep(std::time::Duration::from_millis(120)).await;
        }
    }

    /// Changes to a language, unless the page speaks it.
    pub async fn speak(&self, language: &str) {
        let script = "return document.documentElement.lang === arguments[0]";
        if self.look(script, json!([language])).await != json!(true) {
            self.click(&format!("lang-{language}")).await;
        }
        self.until(&format!("lang={language}"), script, json!([language])).await;
    }

    /// Goes to the first page.
    pub async fn go_home(&self) {
        self.goto("#/").await;
        self.shows("new-form").await;
    }

    /// Makes a form of a pack and opens it.
    pub async fn new_form(&self, pack: &str) {
        self.pick("pack-choice", pack).await;
        self.click("new-form").await;
        self.shows("unit-name").await;
    }

    /// Goes to a section of the form.
    pub async fn go(&self, section: &str) {
        let item = format!("section-{section}");
        if !self.sees(&item).await && self.sees("sections-toggle").await {
            self.click("sections-toggle").await;
        }
        self.click(&item).await;
        self.is_at(section).await;
    }

    /// The sections of the form, in order.
    pub async fn sections(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('[data-testid^=section-]')]
            .map(e => e.dataset.testid.slice('section-'.length))";
        let sections = self.until("sections", script, json!([])).await;
        serde_json::from_value(sections).unwrap()
    }

    /// Waits until a section is open.
    pub async fn is_at(&self, section: &str) {
        let what = format!("section {section} is open");
        let script = "const e = at(`section-${arguments[0]}`);
            const current = (e?.closest('[aria-current]') ?? e?.querySelector('[aria-current]'));
            return !!current && current.getAttribute('aria-current') !== 'false'";
        self.until(&what, script, json!([section])).await;
    }

    /// Puts something into a control.
    pub async fn put(&self, entry: &Entry) {
        match entry {
            Entry::Text(id, text) => self.type_into(id, text).await,
            Entry::Day(id, day) => self.type_date(id, day).await,
            Entry::Choice(id, value) => self.pick(id, value).await,
        }
    }

    /// Answers an item, and waits until it says what came of it.
    pub async fn answer(&self, item: &ItemWork) {
        if item.say_met {
            self.choose(&format!("item-{}-met", item.id)).await;
        }
        for entry in &item.fields {
            self.put(entry).await;
        }
        self.has(&format!("item-{}", item.id), "data-verdict", "met").await;
    }

    /// Fills a whole form, section by section, except good models and remarks.
    pub async fn fill(&self, work: &Work) {
        self.go("unit").await;
        for entry in &work.unit {
            self.put(entry).await;
        }
        for (criterion, items) in &work.criteria {
            self.go(criterion).await;
            for item in items {
                self.answer(item).await;
            }
            self.has(&format!("criterion-{criterion}"), "data-verdict", "passed").await;
        }
        if !work.gates.is_empty() {
            self.go("gates").await;
        }
        for gate in &work.gates {
            self.choose(&format!("gate-{gate}-no")).await;
        }
        if !work.adjustments.is_empty() {
            self.go("adjustments").await;
        }
        for (adjustment, times) in &work.adjustments {
            self.type_into(&format!("adjustment-{adjustment}"), times).await;
        }
        if !work.vote.is_empty() {
            self.go("vote").await;
        }
        for entry in &work.vote {
            self.put(entry).await;
        }
    }

    /// The verdict of the form.
    pub async fn verdict(&self) -> String {
        self.attribute("verdict", "data-verdict").await
    }

    /// Seals the form, with a new key where there is none, and waits for the sealed file.
    pub async fn seal(&self, passphrase: &str) {
        self.go("review").await;
        self.can_sign().await;
        let before = self.look("return said(at('check-code'))", json!([])).await;
        for id in ["passphrase", "passphrase-again"] {
            if self.sees(id).await {
                self.type_into(id, passphrase).await;
            }
        }
        self.click("seal").await;
        let script = "const code = seen(at('sealed')) && said(at('check-code'));
            return code && code !== arguments[0]";
        self.until("a sealed file", script, json!([before])).await;
    }

    /// Waits until the form can be signed, also where nothing was changed since it was signed.
    pub async fn can_sign(&self) {
        let script = "return seen(at('seal')) || !!at('sign-again')";
        self.until("a way to sign", script, json!([])).await;
        if !self.sees("seal").await {
            self.unfold("sign-again").await;
        }
        self.shows("seal").await;
    }

    /// What stands in every control of the open section, by test id.
    pub async fn entries(&self) -> Value {
        let script = "const all = [...document.querySelectorAll('[data-testid]')];
            const controls = all.filter(e => e.matches('main input, main textarea, main select'));
            return Object.fromEntries(controls.filter(e => e.type !== 'file').map(e =>
                [e.dataset.testid, e.matches('[type=radio], [type=checkbox]') ? e.checked : e.value]))";
        self.look(script, json!([])).await
    }
}
