//! Texts of evidence from an earlier form, kept beside a draft to be taken one by one.

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use crate::form::{Assessment, TEXT_LIMIT, json_size};
use crate::json::{FILE_LIMIT, Fault, Map, ReadError};
use crate::pack::{EvidenceRule, Pack};
use crate::value::{Id, is_blank};

/// The limit of all proposed texts together, in bytes of JSON, with [`ENTRY`] for each.
pub(super) const PROPOSED_LIMIT: usize = FILE_LIMIT / 4;

/// What an entry takes beside its text at most: an id of 64 bytes, quotation marks, colon and comma.
const ENTRY: usize = 70;

/// What an earlier form says as evidence, by item. It is no part of the form until a person takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Proposed(Map<Id, String>);

impl Proposed {
    /// The evidence of a form for the items of a pack that ask for evidence; what is over the limit is left out.
    pub fn of(form: &Assessment, pack: &Pack) -> Proposed {
        let mut room = PROPOSED_LIMIT;
        let mut texts = Map::new();
        for item in pack.items.iter().filter(|item| item.evidence != EvidenceRule::None) {
            let text = form.items.get(&item.id).map(|answer| answer.evidence.as_str());
            let Some(text) = text.filter(|text| !is_blank(text)) else { continue };
            let size = json_size(text) + ENTRY;
            if size <= room && is_short(text) {
                room -= size;
                texts.set(item.id.clone(), Some(text.to_owned()));
            }
        }
        Proposed(texts)
    }

    /// The text for an item.
    pub fn text(&self, item: &Id) -> Option<&str> {
        self.0.get(item).map(String::as_str)
    }

    /// Is nothing proposed?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn is_short(text: &str) -> bool {
    text.len() <= TEXT_LIMIT || text.encode_utf16().count() <= TEXT_LIMIT
}

impl<'de> Deserialize<'de> for Proposed {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let texts = Map::<Id, String>::deserialize(source)?;
        let size: usize = texts.iter().map(|(_, text)| json_size(text) + ENTRY).sum();
        let is_long = texts.iter().any(|(_, text)| !is_short(text));
        let limit =
            is_long.then_some(TEXT_LIMIT).or((size > PROPOSED_LIMIT).then_some(PROPOSED_LIMIT));
        if let Some(limit) = limit {
            return Err(D::Error::custom(ReadError::here(Fault::TooLarge { limit })));
        }
        Ok(Proposed(texts))
    }
}
