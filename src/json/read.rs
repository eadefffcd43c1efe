//! Typed values from a JSON tree, each error with its place.

use super::{Expected, Fault, Json, ReadError};

/// A type that can be read from a JSON value of its format.
pub trait Read: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// The first member that is missing, unknown or of the wrong kind, with its place.
    fn read(json: &Json) -> Result<Self, ReadError>;
}

/// An object whose member names have been checked against those that the format knows.
pub struct Object<'a> {
    members: &'a [(String, Json)],
}

impl<'a> Object<'a> {
    /// Opens an object that may have the members `known` and no others.
    ///
    /// # Errors
    /// Not an object, or a member that is not in `known`.
    pub fn open(json: &'a Json, known: &[&str]) -> Result<Self, ReadError> {
        let members = members(json)?;
        match members.iter().find(|(n, _)| !known.contains(&n.as_str())) {
            Some((name, _)) => Err(ReadError::here(Fault::UnknownMember).within(name)),
            None => Ok(Object { members }),
        }
    }

    /// Opens an object whose member `format` is one of `formats`. Another format is told before
    /// its members are: they may be known to a later version.
    ///
    /// # Errors
    /// Not an object, another `format` or none, or a member that is not in `known`.
    pub fn open_format(
        json: &'a Json,
        formats: &'static [&'static str],
        known: &[&str],
    ) -> Result<Self, ReadError> {
        let all = Object {
            members: members(json)?,
        };
        all.need_by("format", |json| match json.as_text() {
            Some(text) if formats.contains(&text) => Ok(()),
            _ => Err(ReadError::expected(Expected::OneOf(formats))),
        })?;
        Object::open(json, known)
    }

    /// The value of a member, if it is there.
    pub fn get(&self, name: &str) -> Option<&'a Json> {
        self.members.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// Reads a member by `read`, if it is there.
    ///
    /// # Errors
    /// What `read` says, at the member.
    pub fn maybe_by<T>(
        &self,
        name: &str,
        read: impl FnOnce(&'a Json) -> Result<T, ReadError>,
    ) -> Result<Option<T>, ReadError> {
        match self.get(name) {
            Some(json) => read(json).map(Some).map_err(|e| e.within(name)),
            None => Ok(None),
        }
    }

    /// Reads a member by `read`.
    ///
    /// # Errors
    /// The member is missing, or what `read` says.
    pub fn need_by<T>(
        &self,
        name: &str,
        read: impl FnOnce(&'a Json) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        self.maybe_by(name, read)?
            .ok_or_else(|| ReadError::here(Fault::Missing).within(name))
    }

    /// Reads a member, if it is there.
    ///
    /// # Errors
    /// What the type says, at the member.
    pub fn maybe<T: Read>(&self, name: &str) -> Result<Option<T>, ReadError> {
        self.maybe_by(name, T::read)
    }

    /// Reads a member that may also be `null`, which is the same as absent.
    ///
    /// # Errors
    /// What the type says, at the member.
    pub fn maybe_null<T: Read>(&self, name: &str) -> Result<Option<T>, ReadError> {
        match self.get(name) {
            Some(Json::Null) => Ok(None),
            _ => self.maybe(name),
        }
    }

    /// Reads a member.
    ///
    /// # Errors
    /// The member is missing, or what the type says.
    pub fn need<T: Read>(&self, name: &str) -> Result<T, ReadError> {
        self.need_by(name, T::read)
    }

    /// Reads a list that is empty when absent.
    ///
    /// # Errors
    /// What the element type says, at the element.
    pub fn list<T: Read>(&self, name: &str) -> Result<Vec<T>, ReadError> {
        Ok(self.maybe_by(name, list)?.unwrap_or_default())
    }

    /// Reads a flag that is `false` when absent.
    ///
    /// # Errors
    /// Neither `true` nor `false`.
    pub fn flag(&self, name: &str) -> Result<bool, ReadError> {
        Ok(self.maybe_by(name, flag)?.unwrap_or(false))
    }

    /// Reads an integer in a range, both ends included.
    ///
    /// # Errors
    /// Missing, no integer, or outside the range.
    pub fn integer(&self, name: &str, min: i64, max: i64) -> Result<i64, ReadError> {
        self.need_by(name, |json| integer(json, min, max))
    }

    /// Reads a text that is empty when absent.
    ///
    /// # Errors
    /// Not a string.
    pub fn text(&self, name: &str) -> Result<String, ReadError> {
        Ok(self.maybe_by(name, text)?.unwrap_or_default())
    }
}

/// Reads `true` or `false`.
///
/// # Errors
/// Anything else.
pub fn flag(json: &Json) -> Result<bool, ReadError> {
    match json {
        Json::Bool(value) => Ok(*value),
        _ => Err(ReadError::expected(Expected::Bool)),
    }
}

/// Reads an integer in a range, both ends included.
///
/// # Errors
/// No integer, or outside the range.
pub fn integer(json: &Json, min: i64, max: i64) -> Result<i64, ReadError> {
    match json {
        Json::Int(value) if (min..=max).contains(value) => Ok(*value),
        _ => Err(ReadError::expected(Expected::Integer { min, max })),
    }
}

/// Reads a string.
///
/// # Errors
/// Anything else.
pub fn text(json: &Json) -> Result<String, ReadError> {
    match json {
        Json::Text(value) => Ok(value.clone()),
        _ => Err(ReadError::expected(Expected::Text)),
    }
}

/// Reads every element of an array by `read`.
///
/// # Errors
/// Not an array, or what `read` says, at the element.
pub fn list_of<T>(
    json: &Json,
    read: impl Fn(&Json) -> Result<T, ReadError>,
) -> Result<Vec<T>, ReadError> {
    let Json::List(values) = json else {
        return Err(ReadError::expected(Expected::List));
    };
    let mut out = Vec::with_capacity(values.len());
    for (place, value) in values.iter().enumerate() {
        out.push(read(value).map_err(|e| e.within_element(place))?);
    }
    Ok(out)
}

/// Reads every element of an array.
///
/// # Errors
/// Not an array, or what the element type says, at the element.
pub fn list<T: Read>(json: &Json) -> Result<Vec<T>, ReadError> {
    list_of(json, T::read)
}

/// The members of an object, in the order in which they were read.
///
/// # Errors
/// Not an object.
pub fn members(json: &Json) -> Result<&[(String, Json)], ReadError> {
    match json {
        Json::Object(members) => Ok(members),
        _ => Err(ReadError::expected(Expected::Object)),
    }
}

impl<T: serde::de::DeserializeOwned> Read for T {
    fn read(json: &Json) -> Result<Self, ReadError> {
        super::from_json(json)
    }
}
