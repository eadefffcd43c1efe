//! To which forms a part of a pack belongs: `level:type`, each an id or `*` (spec s. 2).

use crate::json::{Expected, Json, Read, ReadError};
use crate::value::Id;

/// One entry of an `applies` list; `None` stands for `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applies {
    /// The level, or every level.
    pub level: Option<Id>,
    /// The type, or every type.
    pub unit_type: Option<Id>,
}

impl Applies {
    /// Does the entry match a unit of this level and type?
    pub fn matches(&self, level: &Id, unit_type: &Id) -> bool {
        self.level.as_ref().is_none_or(|l| l == level)
            && self.unit_type.as_ref().is_none_or(|t| t == unit_type)
    }

    /// Does any entry of a list match?
    pub fn any(entries: &[Applies], level: &Id, unit_type: &Id) -> bool {
        entries.iter().any(|entry| entry.matches(level, unit_type))
    }
}

impl Read for Applies {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let side = |text: &str| match text {
            "*" => Some(None),
            id => Id::new(id).map(Some),
        };
        let read = |text: &str| {
            let (level, unit_type) = text.split_once(':')?;
            Some(Applies {
                level: side(level)?,
                unit_type: side(unit_type)?,
            })
        };
        json.as_text()
            .and_then(read)
            .ok_or_else(|| ReadError::expected(Expected::Applies))
    }
}
