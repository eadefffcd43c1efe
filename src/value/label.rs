//! Words in two languages.

use crate::json::{Builder, Expected, Json, Object, Read, ReadError, Write, text};
use crate::value::is_blank;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese, always there.
    #[default]
    Vi,
    /// English, falls back to Vietnamese.
    En,
}

/// A text in Vietnamese and, where the pack has it, in English (spec s. 1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Vietnamese; not blank.
    pub vi: String,
    /// English.
    pub en: Option<String>,
}

impl Label {
    /// The text in a language; English falls back to Vietnamese.
    pub fn text(&self, lang: Lang) -> &str {
        match (lang, &self.en) {
            (Lang::En, Some(en)) => en,
            _ => &self.vi,
        }
    }
}

impl Read for Label {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["vi", "en"])?;
        let vi = o.need_by("vi", |json| match text(json) {
            Ok(vi) if is_blank(&vi) => Err(ReadError::expected(Expected::NonEmptyText)),
            read => read,
        })?;
        Ok(Label {
            vi,
            en: o.maybe::<String>("en")?.filter(|en| !is_blank(en)),
        })
    }
}

impl Write for Label {
    fn write(&self) -> Json {
        Builder::new()
            .with("vi", &self.vi)
            .with_some("en", self.en.as_ref())
            .done()
    }
}
