//! An object with signatures over it: the common part of submissions, appraisals and key cards.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, Unexpected};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::json::{Expected, FILE_LIMIT, Json, ReadError, from_json, parse, to_canonical, to_json};
use crate::seal::header::OBJECT;
use crate::seal::jws::{sign, sign_as, verify_as};
use crate::seal::{
    Header, Role, SIGNATURE_LIMIT, SecretKey, Signature, SignatureError, SignatureErrorAt,
};
use crate::value::{Digest, Instant};

/// The member that holds the signatures.
const SIGNATURES: &str = "signatures";

/// Content with its signatures. The signatures are over the object as read, so it is kept beside the
/// content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signed<T> {
    content: T,
    /// The object without its signatures.
    object: Json,
    /// Its canonical bytes, which are what is signed, and their digest: asked for several times of each file.
    payload: String,
    digest: Digest,
    signatures: Vec<Signature>,
}

impl<T: DeserializeOwned + Serialize> Signed<T> {
    /// Signs some content.
    pub(super) fn new(content: T, key: &SecretKey, role: Role, now: Instant) -> Self {
        Signed::new_as(OBJECT, content, key, role, now)
    }

    /// As [`Signed::new`], with a signature of this type.
    pub(super) fn new_as(typ: &str, content: T, key: &SecretKey, role: Role, now: Instant) -> Self {
        let object = to_json(&content);
        let mut signed = Signed::of(content, object, Vec::with_capacity(1));
        signed.signatures.push(sign_as(typ, &signed.payload, key, role, now));
        signed
    }

    /// Reads a file.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, ReadError> {
        Signed::from_json(parse(bytes, FILE_LIMIT)?)
    }

    /// Reads a file from its tree.
    pub(super) fn from_json(mut object: Json) -> Result<Self, ReadError> {
        let signatures = object.remove(SIGNATURES);
        let content = from_json(&object)?;
        let signatures = signatures.ok_or_else(|| ReadError::missing(SIGNATURES))?;
        let Signatures(signatures) =
            from_json(&signatures).map_err(|error| error.within(SIGNATURES))?;
        Ok(Signed::of(content, object, signatures))
    }
}

impl<T> Signed<T> {
    fn of(content: T, object: Json, signatures: Vec<Signature>) -> Self {
        let payload = to_canonical(&object);
        let digest = Digest::of_bytes(payload.as_bytes());
        Signed { content, object, payload, digest, signatures }
    }

    pub(super) fn content(&self) -> &T {
        &self.content
    }

    /// Adds a signature over the same bytes.
    pub(super) fn add(&mut self, key: &SecretKey, role: Role, now: Instant) {
        self.signatures.push(sign(&self.payload, key, role, now));
    }

    /// The digest of what is signed.
    pub(super) fn digest(&self) -> Digest {
        self.digest
    }

    /// Verifies every signature, that `may_stand` allows it at its index, and that no key signs twice; gives their
    /// headers.
    pub(super) fn verify(
        &self,
        may_stand: impl Fn(usize, &Header) -> bool,
    ) -> Result<Vec<Header>, SignatureErrorAt> {
        self.verify_as(OBJECT, may_stand)
    }

    /// As [`Signed::verify`], of signatures of this type.
    pub(super) fn verify_as(
        &self,
        typ: &'static str,
        may_stand: impl Fn(usize, &Header) -> bool,
    ) -> Result<Vec<Header>, SignatureErrorAt> {
        let mut signers: Vec<Header> = Vec::with_capacity(self.signatures.len());
        for (index, signature) in self.signatures.iter().enumerate() {
            let header = verify_as(typ, &self.payload, signature).and_then(|header| {
                if !may_stand(index, &header) {
                    Err(SignatureError::Role)
                } else if signers.iter().any(|signer| signer.key == header.key) {
                    Err(SignatureError::Repeated)
                } else {
                    Ok(header)
                }
            });
            signers.push(header.map_err(|error| SignatureErrorAt { index, error })?);
        }
        Ok(signers)
    }

    /// The file, canonical bytes.
    pub(super) fn to_text(&self) -> String {
        to_canonical(self)
    }
}

impl<T> Serialize for Signed<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut file = out.serialize_map(None)?;
        if let Json::Object(members) = &self.object {
            for (name, value) in members {
                file.serialize_entry(name, value)?;
            }
        }
        file.serialize_entry(SIGNATURES, &self.signatures)?;
        file.end()
    }
}

/// From 1 to [`SIGNATURE_LIMIT`] signatures.
struct Signatures(Vec<Signature>);

impl<'de> Deserialize<'de> for Signatures {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let all = Vec::<Signature>::deserialize(source)?;
        if (1..=SIGNATURE_LIMIT).contains(&all.len()) {
            return Ok(Signatures(all));
        }
        let expected = Expected::Length { min: 1, max: SIGNATURE_LIMIT };
        Err(D::Error::invalid_value(Unexpected::Seq, &expected))
    }
}

#[cfg(feature = "cli")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Signed<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = T::json_schema(generator);
        let signatures = schemars::json_schema!({
            "description": "Signatures over the canonical bytes of the rest.",
            "type": "array",
            "items": generator.subschema_for::<Signature>(),
            "minItems": 1,
            "maxItems": SIGNATURE_LIMIT,
        });
        if let Some(members) = schema.get_mut("properties").and_then(|all| all.as_object_mut()) {
            members.insert(SIGNATURES.to_owned(), signatures.into());
        }
        if let Some(names) = schema.get_mut("required").and_then(|all| all.as_array_mut()) {
            names.push(SIGNATURES.into());
        }
        schema
    }
}
