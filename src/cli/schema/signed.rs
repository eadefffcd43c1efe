//! The signed files (spec s. 4 and 5) and the trust list, as schemas.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::form::{AnswerVerdict, Assessment};
use crate::rules::Outcome;
use crate::value::{Date, Digest, Id};

/// A submission: an assessment and its outcome, signed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "bontot.submission/1")]
pub struct Submission {
    /// The format.
    #[schemars(extend("const" = "bontot.submission/1"))]
    pub format: String,
    /// What was answered.
    pub assessment: Assessment,
    /// What the rules of the pack make of it.
    pub outcome: Outcome,
    /// Signatures over the canonical bytes of the rest; the first is the unit's.
    #[schemars(length(min = 1, max = 8))]
    pub signatures: Vec<Signature>,
}

/// One signature: JWS with detached payload (RFC 7515, appendix F).
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Signature {
    /// The protected header, base64url: `alg`, `typ`, `jwk`, `kid`, `role`, `iat`.
    #[schemars(regex(pattern = "^[A-Za-z0-9_-]+$"))]
    pub protected: String,
    /// 64 bytes, base64url.
    #[schemars(regex(pattern = "^[A-Za-z0-9_-]{86}$"))]
    pub signature: String,
}

/// A public Ed25519 key (RFC 8037).
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Jwk {
    /// The curve.
    #[schemars(extend("const" = "Ed25519"))]
    pub crv: String,
    /// The key type.
    #[schemars(extend("const" = "OKP"))]
    pub kty: String,
    /// The 32 bytes of the key, base64url.
    pub x: Bytes32,
}

/// 32 bytes, base64url.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Bytes32(#[schemars(regex(pattern = "^[A-Za-z0-9_-]{43}$"))] pub String);

/// An appraisal: what the superior says of a submission, signed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "bontot.appraisal/1")]
pub struct Appraisal {
    /// The format.
    #[schemars(extend("const" = "bontot.appraisal/1"))]
    pub format: String,
    /// The digest of what was signed of the submission.
    pub submission: Digest,
    /// The items of which something is said.
    pub items: BTreeMap<Id, ItemAppraisal>,
    /// The decision.
    pub decision: Decision,
    /// A remark on the whole.
    #[schemars(default)]
    pub note: String,
    /// The day of the decision.
    pub date: Date,
    /// Signatures in the role of the superior.
    #[schemars(length(min = 1, max = 8))]
    pub signatures: Vec<Signature>,
}

/// What the superior says of one item.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ItemAppraisal {
    /// The verdict of the superior.
    pub verdict: AnswerVerdict,
    /// A remark to the unit.
    #[schemars(default)]
    pub note: String,
}

/// What the superior decided.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case", inline)]
pub enum Decision {
    /// As the unit assessed itself.
    Agreed,
    /// To be mended and sent again.
    Returned,
    /// Recognised.
    Recognised,
    /// Not recognised.
    NotRecognised,
}

/// A key card: a public key that a unit shows, signed by itself.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "bontot.key/1")]
pub struct KeyCard {
    /// The format.
    #[schemars(extend("const" = "bontot.key/1"))]
    pub format: String,
    /// The name of the unit.
    pub unit: String,
    /// Its key.
    pub jwk: Jwk,
    /// Signatures by this key.
    #[schemars(length(min = 1, max = 8))]
    pub signatures: Vec<Signature>,
}

/// A trust list: keys that people have compared by check code.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "bontot.trust/1")]
pub struct TrustList {
    /// The format.
    #[schemars(extend("const" = "bontot.trust/1"))]
    pub format: String,
    /// The keys.
    pub keys: Vec<TrustedKey>,
}

/// One key of a trust list.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TrustedKey {
    /// The thumbprint of the key (RFC 7638).
    pub kid: Bytes32,
    /// The key.
    pub jwk: Jwk,
    /// The unit that it belongs to.
    pub unit: String,
    /// The day on which it was added.
    pub added: Date,
    /// From this day on its signatures no longer count; null or absent while they do.
    pub revoked: Option<Date>,
}
