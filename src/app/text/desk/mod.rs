//! The sentences of the desk, which only its chunk says.

mod bags_en;
mod bags_vi;
mod deciding_en;
mod deciding_vi;
mod en;
mod overview_en;
mod overview_vi;
mod paper_words;
mod papers_en;
mod papers_vi;
mod practices_en;
mod practices_vi;
mod units_en;
mod units_vi;
mod vi;

pub use bags_vi::Bags;
pub use deciding_vi::Deciding;
pub use overview_vi::Overview;
pub use paper_words::PaperWords;
pub use papers_vi::Papers;
pub use practices_vi::Practices;
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

/// The sentences on workbooks and bags in a language.
pub fn bags(lang: Lang) -> &'static Bags {
    match lang {
        Lang::Vi => &bags_vi::TEXT,
        Lang::En => &bags_en::TEXT,
    }
}

/// The sentences of the overview in a language.
pub fn overview(lang: Lang) -> &'static Overview {
    match lang {
        Lang::Vi => &overview_vi::TEXT,
        Lang::En => &overview_en::TEXT,
    }
}

/// The sentences of the good practices in a language.
pub fn practices(lang: Lang) -> &'static Practices {
    match lang {
        Lang::Vi => &practices_vi::TEXT,
        Lang::En => &practices_en::TEXT,
    }
}

/// The sentences on the units that are to file, in a language.
pub fn units(lang: Lang) -> &'static Units {
    match lang {
        Lang::Vi => &units_vi::TEXT,
        Lang::En => &units_en::TEXT,
    }
}

/// The sentences of appraisals at the desk in a language.
pub fn deciding(lang: Lang) -> &'static Deciding {
    match lang {
        Lang::Vi => &deciding_vi::TEXT,
        Lang::En => &deciding_en::TEXT,
    }
}

/// The sentences of the section of papers in a language.
pub fn papers(lang: Lang) -> &'static Papers {
    match lang {
        Lang::Vi => &papers_vi::TEXT,
        Lang::En => &papers_en::TEXT,
    }
}

/// The words of the papers of a superior.
pub fn paper_words() -> &'static PaperWords {
    &paper_words::TEXT
}
