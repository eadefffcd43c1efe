//! Help that several arguments have.

/// What may be given as a pack.
pub(super) const PACK_HELP: &str = "Id of a built-in pack, or a pack file, published or not";
