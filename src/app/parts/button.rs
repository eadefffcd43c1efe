//! Buttons.

use crate::app::parts::{El, html};

fn plain(class: &str, words: &str, run: impl Fn() + 'static) -> El {
    html::button().attr("type", "button").class(class).text(words).on_click(run)
}

/// A button that looks like a line of text and leads to its place.
pub fn jump(words: &str, run: impl Fn() + 'static) -> El {
    plain("jump", words, run)
}

/// The primary button.
pub fn button(words: &str, run: impl Fn() + 'static) -> El {
    plain("btn", words, run)
}

/// A secondary button that is told from others with the same words by the name of what it acts on.
pub fn named_button(words: &str, name: &str, run: impl Fn() + 'static) -> El {
    quiet_button("quiet", words, run).attr("aria-label", &format!("{words}: {name}"))
}

/// A secondary button: `kind` is `quiet`, `plain` or `bad`.
pub fn quiet_button(kind: &str, words: &str, run: impl Fn() + 'static) -> El {
    plain(&format!("btn btn--{kind}"), words, run)
}
