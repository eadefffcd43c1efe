//! A person at the keyboard: nothing but keys, and a look at what is focused.

use serde_json::json;
use thirtyfour::prelude::*;

use super::page::Page;

/// How often Tab is pressed at most in search of something: more often than any page has stops.
const MOST_STOPS: usize = 160;

impl Page {
    /// Presses keys one after the other, whatever is focused.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let chain = self.driver().action_chain().send_keys(keys);
        chain.perform().await.unwrap();
    }

    /// Presses a key while another is held down.
    pub async fn press_with(&self, held: Key, key: impl Into<char>) {
        let (held, key) = (held.value(), key.into());
        let chain = self.driver().action_chain().key_down(held).key_down(key);
        chain.key_up(key).key_up(held).perform().await.unwrap();
    }

    /// The test id of what is focused; where it has none, its tag and words.
    pub async fn focused(&self) -> String {
        let script = "const e = document.activeElement;
            return e?.dataset.testid ?? `${e?.tagName} ${said(e).slice(0, 60)}`";
        let focused = self.look(script, json!([])).await;
        focused.as_str().unwrap_or_default().to_owned()
    }

    /// Can a person see which element is focused, with nothing in front of it?
    pub async fn focus_shows(&self) -> bool {
        let script = "const e = document.activeElement;
            if (!e || e === document.body) return true;
            const box = e.getBoundingClientRect();
            const there = document.elementFromPoint(
                box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2);
            return e.matches(':focus-visible') && !!there && (e.contains(there) || there.contains(e));";
        self.look(script, json!([])).await == json!(true)
    }

    /// Presses Tab until something with a wanted test id is focused, and says which.
    pub async fn tab_until(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let mut passed = Vec::new();
        for _ in 0..MOST_STOPS {
            self.press(Key::Tab).await;
            let focused = self.focused().await;
            if wanted(&focused) {
                assert!(self.focus_shows().await, "one cannot see that {focused} is focused");
                return focused;
            }
            passed.push(focused);
        }
        panic!("Tab never came to {what}; it came to {passed:#?}")
    }

    /// Presses Tab until this is focused, unless it is.
    pub async fn tab_to(&self, id: &str) {
        if self.focused().await == id {
            return;
        }
        self.tab_until(id, |focused| focused == id).await;
    }

    /// Presses Shift+Tab until this is focused.
    pub async fn tab_back_to(&self, id: &str) {
        for _ in 0..MOST_STOPS {
            self.press_with(Key::Shift, Key::Tab).await;
            if self.focused().await == id {
                return;
            }
        }
        panic!("Shift+Tab never came to {id}");
    }

    /// Types over what stands in the focused control.
    pub async fn type_over(&self, text: &str) {
        self.press_with(Key::Control, 'a').await;
        self.press(text).await;
    }
}

/// A day, `YYYY-MM-DD`, as people here write it.
pub fn shown_day(day: &str) -> String {
    bon_tot::value::Date::parse(day).unwrap().shown()
}
