//! What several pages are made of: sheets, folds, tables.

use crate::app::parts::{El, html};

/// A sheet with its title, which has this id.
pub fn sheet(title_id: &str, title: &str) -> El {
    let title = html::h2().id(title_id).text(title);
    html::section().class("sheet").attr("aria-labelledby", title_id).child(title)
}

/// A notice in a box.
pub fn notice(id: &str, words: &str) -> El {
    html::div().class("notice").test_id(id).child(html::p().text(words))
}

/// What a person can unfold, under its summary.
pub fn fold(summary: &str) -> El {
    html::details().child(html::summary().text(summary))
}

/// Small grey words below what they are about.
pub fn hint(words: &str) -> El {
    html::p().class("quiet small").text(words)
}

/// What a person has to mend.
pub fn problem(words: &str) -> El {
    html::p().class("problem").text(words)
}

/// What a failed check of the pack says; the id is also the name for tests.
pub fn check(id: &str, is_error: bool, words: &str) -> El {
    let class = if is_error { "problem" } else { "field__warning" };
    html::p().class(class).id(id).test_id(id).attr("tabindex", "-1").text(words)
}

/// A name and its value in a line.
pub fn named(name: &str, value: El) -> El {
    html::p().text(name).text(": ").child(value)
}

/// A link that looks like a button; `kind` is `quiet` or `plain`.
pub fn link_button(kind: &str, words: &str, href: &str) -> El {
    html::a().class(&format!("btn btn--{kind}")).attr("href", href).text(words)
}

/// A table; without heads it has no head.
pub fn table(class: &str, heads: Vec<El>, rows: Vec<El>) -> El {
    let head = (!heads.is_empty()).then(|| html::thead().child(html::tr().children(heads)));
    html::table().class(class).maybe(head).child(html::tbody().children(rows))
}

/// The head of a column.
pub fn column(words: &str) -> El {
    html::th().attr("scope", "col").text(words)
}

/// A row of a table, beginning with its head.
pub fn row(words: &str) -> El {
    html::tr().child(html::th().attr("scope", "row").text(words))
}

/// A wide table, which scrolls within the page; `title_id` is the id of its title.
pub fn scrolling(title_id: &str, table: El) -> El {
    html::div()
        .class("scroll")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-labelledby", title_id)
        .child(table)
}
