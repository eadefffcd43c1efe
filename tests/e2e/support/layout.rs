//! What can be measured of a page: that it fits its width, and that a thumb can hit it.

use serde_json::{Value, json};

use super::page::Page;

fn texts(found: &Value) -> Vec<String> {
    let found = found.as_array().cloned().unwrap_or_default();
    let text = |found: &Value| found.as_str().unwrap_or_default().to_owned();
    found.iter().map(text).collect()
}

impl Page {
    /// What sticks out to the side, where the page can be scrolled sideways.
    pub async fn sideways(&self) -> Vec<String> {
        let script = "const root = document.scrollingElement;
            if (root.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth) return [];
            const wide = [...document.body.querySelectorAll('*')].filter(e =>
                seen(e) && e.getBoundingClientRect().right > innerWidth + 0.5);
            return [`${root.scrollWidth} px in ${innerWidth} px: `
                + wide.slice(0, 5).map(e => e.tagName + '.' + e.className).join(', ')];";
        texts(&self.look(script, json!([])).await)
    }

    /// Controls that are smaller than 44 by 44 CSS pixels, their labels counted in; links within
    /// running text may be.
    pub async fn small_targets(&self) -> Vec<String> {
        let script = "const all = document.querySelectorAll(
                'button, input, select, textarea, summary, a[href], [role=button], [role=tab]');
            const side = e => { const r = e.getBoundingClientRect(); return Math.min(r.width, r.height); };
            const inText = a => getComputedStyle(a).display === 'inline'
                && said(a.parentElement).length > said(a).length;
            const found = [];
            for (const e of all) {
                const own = side(e);
                const boxes = [own, ...[...(e.labels ?? [])].filter(seen).map(side)];
                if (!seen(e) || (own <= 1 && boxes.length === 1)) continue;
                if (e.matches('a') && inText(e)) continue;
                if (Math.max(...boxes) < 43.9) {
                    const r = e.getBoundingClientRect();
                    found.push(`${e.tagName} ${e.dataset.testid ?? said(e)}: `
                        + `${r.width.toFixed(1)} by ${r.height.toFixed(1)} px`);
                }
            }
            return found;";
        texts(&self.look(script, json!([])).await)
    }
}
