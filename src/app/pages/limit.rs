//! The limits of texts (`form::TEXT_LIMIT`, `form::FORM_TEXT_LIMIT`), in words.

use crate::app::host;
use crate::app::parts::{Fill, Limit, provide_limit};
use crate::app::text::{Text, fill};
use crate::form::TEXT_LIMIT;

/// Sets the limit of the text fields drawn below; `takes` says whether there is room for a text in place of another.
pub fn provide(t: &'static Text, takes: impl Fn(&str, &str) -> bool + 'static) {
    let say = move |is: Fill| {
        let [near, full, cut, form_full] = t.text_limits;
        let words = match is {
            Fill::Far => return String::new(),
            Fill::Near => near,
            Fill::Full => full,
            Fill::Cut => cut,
            Fill::FormFull => form_full,
        };
        fill(words, &[&(TEXT_LIMIT / 1000).to_string()])
    };
    provide_limit(Limit {
        length: TEXT_LIMIT,
        takes: Box::new(takes),
        say: Box::new(say),
        left: Box::new(move |left| fill(t.text_left, &[&left.to_string()])),
        overflows: host::overflows,
        put_back: host::put_back,
    });
}
