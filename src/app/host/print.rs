//! Printing, and the margin text of printed pages (CSS Paged Media, 4.2 and 5.3).

use wasm_bindgen::prelude::*;
use web_sys::{CssRule, CssStyleSheet};

use super::{attempted, document, report, window};

/// Opens the browser's print dialogue.
pub fn print() {
    attempted(window().map(|window| window.print()));
}

/// The rule of printed pages.
const PAGES: &str = "@page";

fn sheet() -> Option<CssStyleSheet> {
    let sheets = document()?.style_sheets();
    sheets.item(sheets.length().checked_sub(1)?)?.dyn_into().ok()
}

/// The rule inserted here: the first of its sheet.
fn rule(sheet: &CssStyleSheet) -> Option<CssRule> {
    let first = sheet.css_rules().ok()?.item(0)?;
    first.css_text().starts_with(PAGES).then_some(first)
}

/// A text as a string of CSS (CSS Syntax, 4.3.5).
fn quoted(text: &str) -> String {
    let escape = |sign: char| match sign {
        '"' | '\\' => format!("\\{sign}"),
        sign if sign.is_control() => " ".to_owned(),
        sign => sign.to_string(),
    };
    let text: String = text.chars().map(escape).collect();
    format!("\"{text}\"")
}

/// Prints on every page: `foot` at the lower left, page and page count at the lower right (the style sheet prints the
/// page number above the text). `false` if the browser does not support margin text.
pub fn number_pages(foot: &str, page: &str) -> bool {
    let Some(sheet) = sheet() else { return false };
    forget(&sheet);
    const FONT: &str = "font: 11pt \"Times New Roman\", \"Liberation Serif\", serif";
    let pages = format!("{} \" \" counter(page) \"/\" counter(pages)", quoted(page));
    let foot = quoted(foot);
    let text = format!(
        "{PAGES} {{ @bottom-left {{ content: {foot}; {FONT} }} @bottom-right {{ content: {pages}; {FONT} }} }}"
    );
    if let Err(error) = sheet.insert_rule_with_index(&text, 0) {
        report(&error);
        return false;
    }
    rule(&sheet).is_some_and(|rule| rule.css_text().contains("@bottom-left"))
}

/// Stops printing margin text.
pub fn plain_pages() {
    if let Some(sheet) = sheet() {
        forget(&sheet);
    }
}

fn forget(sheet: &CssStyleSheet) {
    attempted(rule(sheet).map(|_| sheet.delete_rule(0)));
}

/// Does the browser support margin text?
pub fn can_number_pages() -> bool {
    number_pages("", "")
}
