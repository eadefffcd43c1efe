//! The sentences of the desk, which only its chunk says.

mod en;
mod vi;

pub use vi::Desk;

use crate::value::Lang;

/// The sentences of the desk in a language.
pub fn desk(lang: Lang) -> &'static Desk {
    match lang {
        Lang::Vi => &vi::TEXT,
        Lang::En => &en::TEXT,
    }
}
