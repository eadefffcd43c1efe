//! axe-core in the page: what it finds is told so that a person can mend it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::page::Page;
use super::shots::{NARROW, WIDE};

/// Which rules to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// WCAG 2.0 to 2.2, levels A and AA, and what axe holds for good practice.
    All,
    /// Contrast alone: all that another colour scheme can change.
    Contrast,
}

impl Page {
    /// What axe finds wrong with the page as it stands.
    pub async fn axe(&self, rules: Rules) -> Vec<String> {
        if self.look("return !!window.axe", json!([])).await != json!(true) {
            let file =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
            let axe = fs::read_to_string(&file).unwrap_or_else(|_| {
                panic!("{} is missing: run scripts/setup.sh npm", file.display())
            });
            self.look(&axe, json!([])).await;
        }
        let options = match rules {
            Rules::All => json!({
                "runOnly": { "type": "tag", "values": [
                    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice",
                ]},
                "rules": { "target-size": { "enabled": true } },
                "resultTypes": ["violations"],
            }),
            Rules::Contrast => json!({
                "runOnly": { "type": "rule", "values": ["color-contrast"] },
                "resultTypes": ["violations"],
            }),
        };
        let script = "const [options, done] = arguments;
            axe.run(document, options).then(
                found => done(found.violations.flatMap(rule => rule.nodes.map(node =>
                    `${rule.id} (${rule.impact}) at ${node.target.join(' ')}: ${rule.help}; `
                    + [...node.any, ...node.all, ...node.none].map(c => c.message).join('; ')))),
                error => done([`axe failed: ${error}`]));";
        let found = self.driver().execute_async(script, vec![options]).await.unwrap();
        let found = found.json().as_array().cloned().unwrap_or_default();
        let text = |found: &Value| found.as_str().unwrap_or_default().to_owned();
        found.iter().map(text).collect()
    }

    /// Axe finds nothing in the page with this element in the middle, once it is shown, in both sizes and languages, and
    /// nothing can be scrolled sideways. The pictures bear this name.
    pub async fn is_accessible(&self, name: &str, element: &str) {
        let mut found = Vec::new();
        for language in ["en", "vi"] {
            self.speak(language).await;
            self.shows(element).await;
            for size in [NARROW, WIDE] {
                self.resize(size).await;
                self.scroll_to(element).await;
                let name = format!("{name}-{language}-{}x{}", size.width, size.height);
                self.shoot(&format!("{name}.png")).await;
                let faults = [self.sideways().await, self.axe(Rules::All).await].concat();
                found.extend(faults.into_iter().map(|fault| format!("{name}: {fault}")));
            }
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
