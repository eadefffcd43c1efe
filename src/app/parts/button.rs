//! Buttons.

use crate::app::parts::element::El;
use crate::app::parts::html;

fn plain(class: &str, words: &str, run: impl Fn() + 'static) -> El {
    html::button().attr("type", "button").class(class).text(words).on_click(run)
}

/// The primary button.
pub fn button(words: &str, run: impl Fn() + 'static) -> El {
    plain("btn", words, run)
}

/// A secondary button: `kind` is `quiet`, `plain` or `bad`.
pub fn quiet_button(kind: &str, words: &str, run: impl Fn() + 'static) -> El {
    plain(&format!("btn btn--{kind}"), words, run)
}
