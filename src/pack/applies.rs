//! Selectors of forms: `level:type`, each an id or `*` (spec s. 2).

use std::fmt;

use crate::json::Expected;
use crate::string_type;
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

    /// Reads `level:type`.
    fn parse(text: &str) -> Option<Applies> {
        let side = |text: &str| match text {
            "*" => Some(None),
            id => Id::new(id).map(Some),
        };
        let (level, unit_type) = text.split_once(':')?;
        Some(Applies { level: side(level)?, unit_type: side(unit_type)? })
    }
}

impl fmt::Display for Applies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |id: &Option<Id>| id.as_ref().map_or("*".to_owned(), Id::to_string);
        write!(f, "{}:{}", side(&self.level), side(&self.unit_type))
    }
}

string_type!(Applies, Expected::Applies, Applies::parse, {
    "description": "To which forms a part belongs: `level:type`, each an id or `*`.",
    "type": "string",
    "pattern": r"^(\*|[A-Za-z0-9._-]{1,40}):(\*|[A-Za-z0-9._-]{1,40})$"
});
