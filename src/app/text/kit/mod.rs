//! The sentences of the form kit, which only its chunk says.

mod en;
mod vi;

pub use vi::Kit;

use crate::value::Lang;

/// The sentences of the form kit in a language.
pub fn kit(lang: Lang) -> &'static Kit {
    match lang {
        Lang::Vi => &vi::TEXT,
        Lang::En => &en::TEXT,
    }
}
