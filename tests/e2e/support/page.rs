//! The page as a person meets it: find by test id, look, click, type. Every verb waits until what it
//! needs is there, and fails with what it was looking for.

use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::browser::Kind;
use super::keyboard::shown_day;
use super::server::BLANK;

/// How long a verb waits for its condition.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
pub(super) const PAUSE: Duration = Duration::from_millis(25);

/// Before every script: what a test id stands for, and whether a person can see it.
const PRELUDE: &str = r#"
const at = id => document.querySelector(`[data-testid="${id}"]`);
const seen = e => !!e && e.checkVisibility({ visibilityProperty: true });
const said = e => (e?.innerText ?? "").replace(/\s+/g, " ").trim();
"#;

/// A page in a browser.
#[derive(Clone)]
pub struct Page {
    kind: Kind,
    driver: WebDriver,
    base: Rc<str>,
    downloads: Rc<Path>,
}

impl Page {
    /// The page of a driver.
    pub fn new(kind: Kind, driver: WebDriver, base: &str, downloads: &Path) -> Page {
        Page { kind, driver, base: base.into(), downloads: downloads.into() }
    }

    /// The driver, for what has no verb.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Where downloads go.
    pub(super) fn downloads(&self) -> &Path {
        &self.downloads
    }

    /// The address of the page.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Runs a script. `at(id)`, `seen(element)` and `said(element)` are there.
    pub async fn js(&self, script: &str, args: Value) -> WebDriverResult<Value> {
        let args = match args {
            Value::Array(args) => args,
            one => vec![one],
        };
        let run = self.driver.execute(format!("{PRELUDE}\n{script}"), args);
        Ok(run.await?.json().clone())
    }

    /// Runs a script that cannot fail.
    pub async fn look(&self, script: &str, args: Value) -> Value {
        let looked = self.js(script, args).await;
        looked.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until a script returns something that is true in JavaScript, and returns that.
    pub async fn until(&self, what: &str, script: &str, args: Value) -> Value {
        match self.wait(script, args).await {
            Ok(value) => value,
            Err(last) => self.give_up(what, &last).await,
        }
    }

    async fn wait(&self, script: &str, args: Value) -> Result<Value, String> {
        let until = Instant::now() + PATIENCE;
        let nothing = [json!(null), json!(false), json!(0), json!("")];
        loop {
            let last = match self.js(script, args.clone()).await {
                Ok(value) if !nothing.contains(&value) => return Ok(value),
                Ok(_) => String::new(),
                Err(error) => error.to_string(),
            };
            if Instant::now() > until {
                return Err(last);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The same for a script that calls its last argument with what it found.
    pub async fn until_async(&self, what: &str, script: &str, args: Vec<Value>) {
        let until = Instant::now() + PATIENCE;
        loop {
            let found = self.driver.execute_async(script, args.clone()).await;
            let last = match found {
                Ok(found) if *found.json() == json!(true) => return,
                Ok(found) => found.json().to_string(),
                Err(error) => error.to_string(),
            };
            if Instant::now() > until {
                self.give_up(what, &last).await;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    pub(super) async fn give_up(&self, what: &str, error: &str) -> ! {
        let script = "return `${location.href}\n${document.title}\n${document.body.innerText}`";
        let page = self.js(script, json!([])).await.unwrap_or_default();
        let page: String = page.as_str().unwrap_or_default().chars().take(1200).collect();
        panic!("not within {PATIENCE:?}: {what} {error}\n--- the page:\n{page}\n---")
    }

    /// Does something with an element as soon as it is there, can be seen and is enabled.
    async fn act<Act>(&self, what: &str, id: &str, act: Act)
    where
        Act: AsyncFn(WebElement) -> WebDriverResult<()>,
    {
        let script = "const e = at(arguments[0]);
            // What lies in a fold is unfolded first, from the outside in.
            const folds = [...document.querySelectorAll('details:not([open])')];
            const fold = folds.find(fold => fold.contains(e) && !fold.querySelector('summary').contains(e));
            if (fold) { fold.querySelector('summary').click(); return null; }
            if (!seen(e) || e.matches(':disabled')) return null;
            // WebKit's driver clicks where the element was when it was asked: it must have come to rest. What sticks to
            // the screen scrolls on with each call, so that it is called once.
            const isWebKit = !/Chrome|Firefox/.test(navigator.userAgent);
            const other = document.activeElement;
            // A field that keeps the focus would be scrolled back to as the click begins.
            if (isWebKit && other !== e && other.matches('input, textarea, select')) other.blur();
            const { x, y } = e.getBoundingClientRect();
            const [before, now] = [window.restingAt ?? '', `${arguments[0]} ${x} ${y}`];
            if (!isWebKit || !before.startsWith(`${arguments[0]} `)) {
                e.scrollIntoView({ block: 'center', behavior: 'instant' });
            }
            window.restingAt = before === now ? '' : now;
            return isWebKit && before !== now ? null : e;";
        let until = Instant::now() + PATIENCE;
        let mut last = String::from("it cannot be seen, or is disabled");
        while Instant::now() < until {
            let found = self.js(script, json!([id])).await;
            match found {
                Ok(Value::Null) => {}
                Ok(element) => {
                    let element =
                        WebElement::from_json(element, self.driver.handle().clone()).unwrap();
                    match act(element).await {
                        Ok(()) => return,
                        Err(error) => last = error.to_string(),
                    }
                }
                Err(error) => last = error.to_string(),
            }
            tokio::time::sleep(PAUSE).await;
        }
        self.give_up(&format!("{what} {id}"), &last).await;
    }

    /// Goes to a place of the page: `""`, or a fragment with its `#`.
    pub async fn goto(&self, fragment: &str) {
        let address = format!("{}{fragment}", self.base);
        self.driver.goto(address).await.unwrap();
        self.ready().await;
    }

    /// Goes to where nothing of the page runs, at the same origin.
    pub async fn goto_blank(&self) {
        let address = self.base.trim_end_matches('/').to_owned() + BLANK;
        self.driver.goto(address).await.unwrap();
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        if self.kind == Kind::Firefox {
            // Its driver presses Shift too, and so goes past the service worker.
            self.look("window.isOld = true; location.reload()", json!([])).await;
            self.until("another document", "return !window.isOld", json!([])).await;
        } else {
            self.driver.refresh().await.unwrap();
        }
        self.ready().await;
    }

    /// Waits until the page stands: the app has begun and shows a heading.
    pub async fn ready(&self) {
        let script = "return [...document.querySelectorAll('h1')].some(seen)";
        self.until("a heading", script, json!([])).await;
    }

    /// Waits until something can be seen.
    pub async fn shows(&self, id: &str) {
        self.until(id, "return seen(at(arguments[0]))", json!([id])).await;
    }

    /// Can something be seen?
    pub async fn sees(&self, id: &str) -> bool {
        self.look("return seen(at(arguments[0]))", json!([id])).await == json!(true)
    }

    /// What an element says, white space folded.
    pub async fn text(&self, id: &str) -> String {
        self.shows(id).await;
        let text = self.look("return said(at(arguments[0]))", json!([id])).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page says something with these words, wherever it is.
    pub async fn says_somewhere(&self, words: &str) {
        let script = "return said(document.body).includes(arguments[0])";
        self.until(&format!("{words:?}"), script, json!([words])).await;
    }

    /// Waits for something outside of the page.
    pub async fn wait_until(&self, what: &str, is: impl Fn() -> bool) {
        let until = Instant::now() + PATIENCE;
        while !is() {
            if Instant::now() > until {
                self.give_up(what, "").await;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until an element says something with these words.
    pub async fn says(&self, id: &str, words: &str) {
        let what = format!("{id} says {words:?}");
        let script = "return said(at(arguments[0])).includes(arguments[1])";
        self.until(&what, script, json!([id, words])).await;
    }

    /// Brings something to the middle of the screen; `""` is the top of the page.
    pub async fn scroll_to(&self, id: &str) {
        let script = "const e = at(arguments[0]);
            if (arguments[0] && !e) return false;
            if (e) e.scrollIntoView({ block: 'center', behavior: 'instant' });
            else scrollTo({ top: 0, behavior: 'instant' });
            return true";
        self.until(&format!("{id} to scroll to"), script, json!([id])).await;
    }

    /// An attribute of an element; empty where it has none.
    pub async fn attribute(&self, id: &str, name: &str) -> String {
        let script = "return at(arguments[0])?.getAttribute(arguments[1]) ?? ''";
        let value = self.look(script, json!([id, name])).await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an attribute of an element has this value.
    pub async fn has(&self, id: &str, name: &str, value: &str) {
        let what = format!("{id} has {name}={value:?}");
        let script = "return at(arguments[0])?.getAttribute(arguments[1]) === arguments[2]";
        self.until(&what, script, json!([id, name, value])).await;
    }

    /// The value of a control.
    pub async fn value(&self, id: &str) -> String {
        let value = self.look("return at(arguments[0])?.value ?? null", json!([id])).await;
        let value = value.as_str().unwrap_or_else(|| panic!("there is no {id}"));
        value.to_owned()
    }

    /// Waits until a control has this value.
    pub async fn has_value(&self, id: &str, value: &str) {
        let script = "return at(arguments[0])?.value === arguments[1]";
        let has = self.wait(script, json!([id, value])).await;
        if has.is_err() {
            let other = self.value(id).await;
            let what = format!("{id} has the value {value:?}; it has {other:?}");
            self.give_up(&what, "").await;
        }
    }

    /// Clicks something.
    pub async fn click(&self, id: &str) {
        self.act("click", id, async |element| element.click().await).await;
    }

    /// Chooses a radio button, or ticks a box.
    pub async fn choose(&self, id: &str) {
        self.click(id).await;
        let what = format!("{id} is chosen");
        self.until(&what, "return at(arguments[0])?.checked", json!([id])).await;
    }

    /// Types a text in place of what stands there.
    pub async fn type_into(&self, id: &str, text: &str) {
        self.act("type into", id, async |element| {
            element.send_keys(Key::Control + "a").await?;
            if text.is_empty() {
                element.send_keys(Key::Delete).await
            } else {
                // As a person presses it: WebKit's driver leaves out the character itself.
                element.send_keys(text.replace('\n', &String::from(Key::Enter.value()))).await
            }
        })
        .await;
        self.has_value(id, text).await;
    }

    /// Types a day, `YYYY-MM-DD`, as people here write it.
    pub async fn type_date(&self, id: &str, day: &str) {
        self.type_into(id, &shown_day(day)).await;
    }

    /// Clicks the button with these words.
    pub async fn click_words(&self, words: &str) {
        let script = "const buttons = [...document.querySelectorAll('button')];
            const button = buttons.find(button => seen(button) && said(button) === arguments[0]);
            button?.scrollIntoView({ block: 'center', behavior: 'instant' });
            return button";
        let what = format!("a button {words:?}");
        let button = self.element(&what, script, json!([words]));
        button.await.click().await.unwrap();
    }

    /// Clicks the link with these words.
    pub async fn follow(&self, words: &str) {
        let script = "const links = [...document.querySelectorAll('a[href]')];
            const link = links.find(link => seen(link) && said(link) === arguments[0]);
            link?.scrollIntoView({ block: 'center', behavior: 'instant' });
            return link";
        let name = format!("a link {words:?}");
        let link = self.element(&name, script, json!([words])).await;
        link.click().await.unwrap();
    }

    /// Waits for the element that a script returns.
    pub async fn element(&self, what: &str, script: &str, args: Value) -> WebElement {
        let found = self.until(what, script, args).await;
        WebElement::from_json(found, self.driver.handle().clone()).unwrap()
    }

    /// Picks a choice of a list by its value.
    pub async fn pick(&self, id: &str, value: &str) {
        let choice = format!("option[value=\"{value}\"]");
        let script = "at(arguments[0]).focus({ preventScroll: true })";
        self.act("pick from", id, async |list| {
            if self.kind == Kind::WebKit {
                // Its driver chooses without going there, and the field that is left behind scrolls back to its caret.
                self.js(script, json!([id])).await?;
            }
            list.find(By::Css(choice.as_str())).await?.click().await
        })
        .await;
        self.has_value(id, value).await;
    }

    /// Opens the folded part that is, holds or lies in the element with this test id.
    pub async fn unfold(&self, id: &str) {
        let script = "const e = at(arguments[0]);
            const details = e?.closest('details') ?? e?.querySelector('details');
            if (!details) return null;
            const closed = [...document.querySelectorAll('details:not([open])')];
            const outer = closed.find(fold => fold.contains(details));
            if (!outer) return 'open';
            const summary = outer.querySelector('summary');
            summary.scrollIntoView({ block: 'center', behavior: 'instant' });
            return summary;";
        let until = Instant::now() + PATIENCE;
        loop {
            let found = self.until(&format!("{id} to unfold"), script, json!([id])).await;
            if found == json!("open") {
                return;
            }
            let summary = WebElement::from_json(found, self.driver.handle().clone()).unwrap();
            let clicked = summary.click().await;
            if Instant::now() > until {
                self.give_up(&format!("unfold {id}"), &format!("{clicked:?}")).await;
            }
        }
    }

    /// Opens every folded part in an element.
    pub async fn unfold_all(&self, id: &str) {
        let script =
            "const summary = at(arguments[0]).querySelector('details:not([open]) > summary');
            summary?.scrollIntoView({ block: 'center', behavior: 'instant' });
            return summary";
        self.shows(id).await;
        loop {
            let found = self.look(script, json!([id])).await;
            if found.is_null() {
                return;
            }
            let summary = WebElement::from_json(found, self.driver.handle().clone()).unwrap();
            summary.click().await.unwrap();
        }
    }
}
