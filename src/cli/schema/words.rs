//! The small values of spec s. 1, as schemas.

use schemars::JsonSchema;

/// An id.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Id(#[schemars(regex(pattern = "^[A-Za-z0-9._-]{1,40}$"))] pub String);

/// A text.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Text(pub String);

/// A text with something in it.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Filled(#[schemars(regex(pattern = r"\S"))] pub String);

/// A text in Vietnamese and, where there is one, in English.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Label {
    /// Vietnamese.
    pub vi: Filled,
    /// English; Vietnamese stands in where it is absent.
    #[schemars(default, with = "Text")]
    pub en: Option<Text>,
}

/// A day of the calendar.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Date(
    #[schemars(
        regex(pattern = "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
        extend("format" = "date")
    )]
    pub String,
);

/// A second in time: RFC 3339, UTC, whole seconds.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Instant(
    #[schemars(
        regex(
            pattern = "^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$"
        ),
        extend("format" = "date-time")
    )]
    pub String,
);

/// SemVer 2.0 without build metadata.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Version(
    #[schemars(
        length(max = 40),
        regex(
            pattern = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?$"
        )
    )]
    pub String,
);

/// SHA-256 of canonical bytes (RFC 8785), lower-case hexadecimal.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Digest(#[schemars(regex(pattern = "^[0-9a-f]{64}$"))] pub String);

/// A whole number within ±(2^53 − 1).
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Whole(
    #[schemars(range(min = -9_007_199_254_740_991_i64, max = 9_007_199_254_740_991_i64))] pub i64,
);

/// A whole number from 0 to 10^9.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Count(#[schemars(range(min = 0, max = 1_000_000_000))] pub i64);

/// A member that is always there and may be null.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
pub enum Nullable<T> {
    /// A value.
    Value(T),
    /// None.
    Null,
}

/// The identity of a pack.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PackRef {
    /// The pack's id.
    pub id: Id,
    /// The pack's version.
    pub version: Version,
    /// The digest of the pack's canonical bytes.
    pub digest: Digest,
}
