//! Bốn Tốt: criteria packs, self-assessment forms, their outcome, and signed files about them.
//!
//! The rooms, from the floor up; every arrow points back up this list:
//!
//! - [`json`]: the JSON profile of spec s. 1: strict reading, pointers, canonical bytes
//! - [`value`]: ids, labels, dates, instants, digests
//! - [`pack`]: what a form asks and what decides its outcome
//! - [`form`]: what was answered
//! - [`rules`]: the outcome of a form, and what it would still take
//! - [`session`]: one form being filled: all that a page asks of it
//! - [`seal`]: signatures, keys at rest, the signed file
//! - [`share`]: the self-check link, and the signed file as the codes on paper
//! - `scan`: QR codes in pictures, behind its feature
//! - [`store`]: drafts and keys on this device
//! - [`desk`]: receiving signed files
//! - [`device`]: all that one device keeps and can do
//! - `cli` and `app`: the two doors, each behind its feature
//!
//! `ARCHITECTURE.md` says what is absent from each room and why.

pub mod desk;
pub mod device;
pub mod form;
pub mod json;
pub mod pack;
#[deny(clippy::float_arithmetic)]
pub mod rules;
#[cfg(feature = "scan")]
pub mod scan;
pub mod seal;
pub mod session;
pub mod share;
pub mod store;
pub mod value;

#[cfg(feature = "app")]
pub mod app;
#[cfg(feature = "cli")]
pub mod cli;
