//! Texts in Vietnamese and English.

use serde::de::{Deserializer, Error, Unexpected};
use serde::{Deserialize, Serialize};

use crate::json::Expected;
use crate::value::is_blank;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese; every label has it.
    #[default]
    Vi,
    /// English, falls back to Vietnamese.
    En,
}

/// A text in Vietnamese and, where the pack has it, in English (spec s. 1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Vietnamese; not blank.
    #[serde(deserialize_with = "filled")]
    #[cfg_attr(feature = "cli", schemars(regex(pattern = r"\S")))]
    pub vi: String,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "unless_blank")]
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
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

/// Reads a text that is not blank.
fn filled<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    let text = String::deserialize(source)?;
    if is_blank(&text) {
        let found = Unexpected::Str(&text);
        return Err(D::Error::invalid_value(found, &Expected::NonEmptyText));
    }
    Ok(text)
}

/// Reads a text; `None` where it is blank.
fn unless_blank<'de, D: Deserializer<'de>>(source: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(source)?;
    Ok((!is_blank(&text)).then_some(text))
}
