//! Criteria packs while they are written.

mod documents;
mod sentences;
