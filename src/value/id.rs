//! Names of things: ids within a pack, ids of assessments, versions.

use std::fmt;

use crate::json::Expected;
use crate::string_type;
use crate::value::crockford;

/// An id: 1–40 of `A-Z a-z 0-9 . _ -` (spec s. 1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Box<str>);

impl Id {
    /// The id with this text; `None` where it breaks the rule.
    pub fn new(text: &str) -> Option<Id> {
        let fits = (1..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
        fits.then(|| Id(text.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

string_type!(Id, Expected::Id, Id::new, {
    "description": "An id.",
    "type": "string",
    "pattern": "^[A-Za-z0-9._-]{1,40}$"
});

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

/// The id of an assessment: 128 random bits as 26 Crockford base-32 characters (spec s. 3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AssessmentId(String);

impl AssessmentId {
    /// The id made of 128 random bits.
    pub fn from_bits(bits: [u8; 16]) -> Self {
        AssessmentId(crockford(&bits))
    }

    /// The id with this text; `None` where it breaks the rule.
    pub fn new(text: &str) -> Option<Self> {
        let alphabet = |b: u8| matches!(b, b'0'..=b'9' | b'A'..=b'Z') && !b"ILOU".contains(&b);
        (text.len() == 26 && text.bytes().all(alphabet)).then(|| AssessmentId(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AssessmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

string_type!(AssessmentId, Expected::AssessmentId, AssessmentId::new, {
    "description": "128 random bits in Crockford base 32.",
    "type": "string",
    "pattern": "^[0-9A-HJKMNP-TV-Z]{26}$"
});

/// SemVer 2.0 without build metadata, at most 40 characters; kept as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version(String);

impl Version {
    /// The version with this text; `None` where it is none.
    pub fn new(text: &str) -> Option<Version> {
        let version = semver::Version::parse(text).ok()?;
        (text.len() <= 40 && version.build.is_empty()).then(|| Version(text.to_owned()))
    }

    /// The version as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Does it follow another one, by the precedence of SemVer?
    pub fn is_after(&self, other: &Version) -> bool {
        let read = |version: &Version| semver::Version::parse(&version.0).ok();
        read(self) > read(other)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

string_type!(Version, Expected::Version, Version::new, {
    "description": "SemVer 2.0 without build metadata.",
    "type": "string",
    "maxLength": 40,
    "pattern": r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?$"
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_and_plain() {
        for good in ["a", "2.08", "A_b-c", &"x".repeat(40)] {
            assert!(Id::new(good).is_some(), "{good}");
        }
        for bad in ["", " ", "a b", "é", "a/b", &"x".repeat(41)] {
            assert!(Id::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn versions_are_in_the_order_of_semver() {
        let order = ["0.9.0", "1.0.0-rc.1", "1.0.0-rc.2", "1.0.0", "1.9.0", "1.10.0", "2.0.0"];
        let order = order.map(|text| Version::new(text).unwrap());
        for (at, version) in order.iter().enumerate() {
            for (other, earlier) in order.iter().enumerate() {
                assert_eq!(version.is_after(earlier), at > other, "{version} {earlier}");
            }
        }
    }

    #[test]
    fn a_version_is_semver_without_build_metadata() {
        for good in ["1.0.0", "0.0.0", "1.2.3-rc.1", "1.0.0-x-y"] {
            assert!(Version::new(good).is_some(), "{good}");
        }
        for bad in ["1.0", "1.0.0+b", "01.0.0", "1.0.0-", "1.0.0-01", "v1.0.0", "1.0.0-a..b"] {
            assert!(Version::new(bad).is_none(), "{bad}");
        }
    }
}
