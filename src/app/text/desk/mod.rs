//! The sentences of the desk, which only its chunk says.

mod deciding_en;
mod deciding_vi;
mod en;
mod vi;

pub use deciding_vi::Deciding;
pub use vi::Desk;

use crate::value::Lang;

/// The sentences of the desk in a language.
pub fn desk(lang: Lang) -> &'static Desk {
    match lang {
        Lang::Vi => &vi::TEXT,
        Lang::En => &en::TEXT,
    }
}

/// The sentences of appraisals at the desk in a language.
pub fn deciding(lang: Lang) -> &'static Deciding {
    match lang {
        Lang::Vi => &deciding_vi::TEXT,
        Lang::En => &deciding_en::TEXT,
    }
}
