//! The JSON profile of spec s. 1: an ordered tree, strict reading, canonical bytes.
//!
//! JSON text is read once into [`Json`] by `serde_json`, with duplicate members, floating point,
//! depth and size refused on the way ([`parse`]). Types of the formats derive `serde`'s traits and
//! are read from the tree ([`from_json`], [`from_slice`]), so that every error can name its place by
//! a JSON Pointer and say what was expected. They are written as canonical bytes ([`to_canonical`]).

mod access;
mod canonical;
mod de;
mod error;
mod foreign;
mod map;
mod member;
mod notation;
mod order;
mod parse;
mod ser;
mod string_enum;
mod write;

use zeroize::Zeroize;

pub use canonical::{to_canonical, to_json};
pub use de::{from_json, from_slice};
pub use error::{Expected, Fault, FaultAt, ReadError};
pub use foreign::Foreign;
pub use map::{Map, without_nulls};
#[cfg(feature = "cli")]
pub use member::{Nullable, document};
pub use member::{OrNull, Whole, Within, is_default, null_as_default, object, present};
pub use order::in_order;
pub use parse::{FILE_LIMIT, PACK_LIMIT, parse};
pub use string_enum::{string, word};
pub use write::{canonical, pretty};

/// Largest integer of the profile, 2^53 − 1; the smallest is its negative.
pub const INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// A JSON value of the profile: integers only, members in the order in which they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer within ±[`INTEGER_MAX`].
    Int(i64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object; names are unique.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The member `name` of an object; `None` where there is none or this is no object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|(n, _)| n == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a string; `None` for every other value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Overwrites every string in memory: for a tree that holds a secret.
    pub fn wipe(&mut self) {
        match self {
            Json::Text(text) => text.zeroize(),
            Json::List(values) => values.iter_mut().for_each(Json::wipe),
            Json::Object(members) => members.iter_mut().for_each(|(_, value)| value.wipe()),
            Json::Null | Json::Bool(_) | Json::Int(_) => {}
        }
    }

    /// Takes the member `name` out of an object; `None` where there is none or this is no object.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let Json::Object(members) = self else {
            return None;
        };
        let place = members.iter().position(|(own, _)| own == name)?;
        Some(members.remove(place).1)
    }
}
