//! A village cell fills its form on a telephone, from the empty page to "handed in", with as few taps and keys as the page
//! needs; the journey counts its own. It fills what the form asks for, without evidence.

use serde_json::json;

use crate::support::answers::{Entry, ItemWork, everything_met_by};
use crate::support::journey;
use crate::support::page::Page;
use crate::support::shots::NARROW;

const PACK: &str = "nghe-an-2024";
/// The most that the whole form may take.
const TAPS: usize = 55;
const KEYS: usize = 160;

/// A hand at a telephone, which counts.
struct Hand {
    page: Page,
    taps: usize,
    keys: usize,
}

impl Hand {
    async fn tap(&mut self, id: &str) {
        self.page.click(id).await;
        self.taps += 1;
    }

    /// Types where the keyboard is; each sign is a key.
    async fn keys(&mut self, text: &str) {
        let focused = self.page.driver().active_element().await.unwrap();
        focused.send_keys(text).await.unwrap();
        self.keys += text.chars().count();
    }

    /// The key "next" of the keyboard.
    async fn next_field(&mut self) {
        self.keys("\u{E007}").await;
    }

    /// Where the keyboard is.
    async fn at(&self) -> String {
        let at = self.page.look("return document.activeElement.id", json!([])).await;
        at.as_str().unwrap_or_default().to_owned()
    }

    /// The fields of an item that are asked for.
    async fn asked(&self, item: &str) -> Vec<String> {
        let script = "return [...at(arguments[0]).querySelectorAll('input[type=text], textarea')]
            .filter(e => seen(e) && !e.closest('details')).map(e => e.id)";
        let asked = self.page.look(script, json!([format!("item-{item}")])).await;
        serde_json::from_value(asked).unwrap()
    }

    /// Fills a field.
    async fn fill(&mut self, field: &str, item: &ItemWork) {
        if self.at().await != field {
            self.tap(field).await;
        }
        let text = item.fields.iter().find_map(|entry| match entry {
            Entry::Text(own, text) if own == field => Some(text.as_str()),
            _ => None,
        });
        let text = text.unwrap_or_else(|| panic!("nothing for {field}"));
        if text.parse::<i64>().is_ok() {
            self.keys(text).await;
            self.next_field().await;
        } else {
            self.keys("Làm đường").await;
        }
    }

    /// Goes to the next open answer, which is this one.
    async fn go_on_to(&mut self, id: &str) {
        self.tap("next-open").await;
        let script = "return document.activeElement.id === arguments[0]";
        self.page.until(&format!("the next is {id}"), script, json!([id])).await;
    }
}

#[test]
fn a_village_cell_fills_its_form_on_a_telephone() {
    journey("phone", 240, async |stage| {
        let page = stage.open("phone").await;
        page.resize(NARROW).await;
        let mut hand = Hand { page, taps: 0, keys: 0 };
        let work = everything_met_by(PACK, &["8", "10", "12", "0"]);
        hand.page.shows("new-form").await;
        hand.tap("new-form").await;
        hand.page.shows("unit-name").await;
        hand.tap("unit-name").await;
        hand.keys("Chi bộ xóm 3").await;
        hand.next_field().await;
        hand.keys("Đảng bộ xã Lam").await;
        hand.tap("take-unit-superior").await;
        hand.page.has_value("unit-superior", "Đảng ủy xã Lam").await;
        hand.go_on_to("fact-members_total").await;
        for (index, fact) in ["17", "6", "12", "12"].iter().enumerate() {
            if index > 0 {
                hand.next_field().await;
            }
            hand.keys(fact).await;
        }

        for (criterion, items) in &work.criteria {
            hand.tap("next-open").await;
            hand.page.is_at(criterion).await;
            hand.tap(&format!("rest-met-{criterion}")).await;
            // The fields that are asked for first, from one to the next; then what needs but a tap.
            let mut tapped = Vec::new();
            for item in items {
                let asked = hand.asked(&item.id).await;
                if asked.is_empty() {
                    tapped.push(item);
                }
                for field in &asked {
                    hand.fill(field, item).await;
                }
                if item.say_met && !asked.is_empty() {
                    hand.tap(&format!("item-{}-met", item.id)).await;
                }
            }
            for item in tapped {
                let id = format!("item-{}", item.id);
                if hand.page.attribute(&id, "data-verdict").await != "met" {
                    hand.tap(&format!("{id}-met")).await;
                }
                hand.page.has(&id, "data-verdict", "met").await;
            }
            hand.page.has(&format!("criterion-{criterion}"), "data-verdict", "passed").await;
        }

        hand.tap("next-open").await;
        hand.page.is_at("gates").await;
        for gate in &work.gates {
            hand.tap(&format!("gate-{gate}-no")).await;
        }
        hand.go_on_to("vote-eligible").await;
        hand.tap("take-vote-eligible").await;
        let script = "return document.activeElement.id === 'vote-present'";
        hand.page.until("the next field", script, json!([])).await;
        hand.keys("10").await;
        hand.next_field().await;
        hand.keys("9").await;
        hand.tap("take-vote-date").await;
        // A list opens by one tap and is answered by another.
        hand.page.pick("vote-method", "show_of_hands").await;
        hand.taps += 2;
        hand.page.has("verdict", "data-verdict", "eligible").await;

        hand.tap("next-open").await;
        hand.page.is_at("review").await;
        // What is seen need not be typed twice.
        hand.tap("passphrase-show").await;
        hand.tap("passphrase").await;
        hand.keys("lúa chín vàng").await;
        hand.tap("seal").await;
        hand.page.shows("export").await;
        hand.page.download("export").await;
        hand.taps += 1;
        hand.tap("handed-in").await;
        hand.page.says("handed-in-state", "Đã nộp").await;

        let (taps, keys) = (hand.taps, hand.keys);
        println!("phone: {taps} taps, {keys} keys");
        assert!(taps <= TAPS && keys <= KEYS, "{taps} taps and {keys} keys");
    });
}
