//! Every sentence of the page that does not come from a pack, in both languages. A sentence that
//! one language lacks does not compile.

/// Declares a type with the members of its Vietnamese sentences, and those. Other languages fill in the same type.
macro_rules! sentences {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $member:ident: $words:tt,)* }) => {
        $(#[$doc])*
        #[allow(missing_docs)] // the Vietnamese text beside each name is its meaning
        pub struct $name {
            $($(#[$note])* pub $member: sentences!(type of $words),)*
        }

        pub(in crate::app::text) static TEXT: $name = $name { $($member: $words,)* };
    };
    (type of [$($words:literal),* $(,)?]) => { [&'static str; [$($words),*].len()] };
    (type of ATTACHED) => { &'static crate::app::text::later::Attached };
    (type of FILES) => { &'static crate::app::text::later::Files };
    (type of FILING) => { &'static crate::app::text::later::Filing };
    (type of MEETINGS) => { &'static crate::app::text::later::Meetings };
    (type of PACKS) => { &'static crate::app::text::later::Packs };
    (type of PAPER) => { &'static crate::app::text::later::Paper };
    (type of $words:literal) => { &'static str };
}

mod desk;
mod en;
#[cfg(feature = "split")]
mod kit;
mod later;
mod vi;

pub use desk::{
    Bags, Deciding, Desk, Overview, PaperWords, Papers, Practices, Units as DeskUnits, bags,
    deciding, desk, overview, paper_words, papers, practices, units as desk_units,
};
#[cfg(feature = "split")]
pub use kit::{Advised, Kit, Tables, advised, kit, tables};
pub use later::Later;
pub use vi::Text;

use crate::value::Lang;

impl Text {
    /// What only the part of the program that loads later says.
    #[inline(never)]
    pub fn later(&self) -> &'static Later {
        if self.lang == "en" { &later::en::TEXT } else { &later::vi::TEXT }
    }
}

static ENGLISH: std::sync::OnceLock<&'static Text> = std::sync::OnceLock::new();

/// English, for the part of the program that loads later to hand over.
pub fn english() -> &'static Text {
    &en::TEXT
}

/// From now on the page can speak English.
pub fn learn_english(text: &'static Text) {
    ENGLISH.get_or_init(|| text);
}

/// The sentences of a language.
pub fn text(lang: Lang) -> &'static Text {
    match lang {
        Lang::Vi => &vi::TEXT,
        Lang::En => ENGLISH.get().copied().unwrap_or(&vi::TEXT),
    }
}

/// A sentence with its values in place of each `{}`, in order.
pub fn fill(sentence: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let mut out = String::new();
    for part in sentence.split_inclusive('}') {
        match part.strip_suffix("{}") {
            Some(words) => {
                out.push_str(words);
                out.push_str(values.next().copied().unwrap_or_default());
            }
            None => out.push_str(part),
        }
    }
    out
}
