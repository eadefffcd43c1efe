//! The sentences of the desk, which only its chunk says.

mod en;
mod units_en;
mod units_vi;
mod vi;

pub use units_vi::Units;
pub use vi::Desk;

use crate::value::Lang;

/// The sentences of the desk in a language.
pub fn desk(lang: Lang) -> &'static Desk {
    match lang {
        Lang::Vi => &vi::TEXT,
        Lang::En => &en::TEXT,
    }
}

/// The sentences on the units that are to file, in a language.
pub fn units(lang: Lang) -> &'static Units {
    match lang {
        Lang::Vi => &units_vi::TEXT,
        Lang::En => &units_en::TEXT,
    }
}
