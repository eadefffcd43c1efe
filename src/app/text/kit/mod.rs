//! The sentences of the form kit, which only its chunk says.

mod advice_en;
mod advice_vi;
mod en;
mod tables_en;
mod tables_vi;
mod vi;

pub use advice_vi::Advised;
pub use tables_vi::Tables;
pub use vi::Kit;

use crate::value::Lang;

/// The sentences of the form kit in a language.
pub fn kit(lang: Lang) -> &'static Kit {
    match lang {
        Lang::Vi => &vi::TEXT,
        Lang::En => &en::TEXT,
    }
}

/// The sentences on tables that become packs, and on packs that are compared.
pub fn tables(lang: Lang) -> &'static Tables {
    match lang {
        Lang::Vi => &tables_vi::TEXT,
        Lang::En => &tables_en::TEXT,
    }
}

/// The sentences about what is told of a pack, in a language.
pub fn advised(lang: Lang) -> &'static Advised {
    match lang {
        Lang::Vi => &advice_vi::TEXT,
        Lang::En => &advice_en::TEXT,
    }
}
