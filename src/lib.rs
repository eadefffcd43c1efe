//! Bốn Tốt: criteria packs, self-assessment forms, their outcome, and signed files about them.
//!
//! The rooms, from the floor up; every arrow points back up this list:
//!
//! - [`json`]: the JSON profile of spec s. 1: strict reading, pointers, canonical bytes
//! - [`value`]: ids, labels, dates, instants, digests
//! - [`pack`]: criteria packs: what a form asks and what decides its outcome
//! - [`form`]: the answers of a unit
//! - [`rules`]: the outcome of a form, and the plan to make it eligible
//! - [`kit`]: criteria packs while they are written
//! - [`session`]: one form being filled, as a page needs it
//! - [`seal`]: signatures, keys at rest, the signed file
//! - [`share`]: the self-check link, and the signed file as the codes on paper
//! - `scan`: QR codes in pictures, behind its feature
//! - [`archive`]: ZIP archives; reading them is behind its feature
//! - [`store`]: the records of a device and their storage
//! - [`desk`]: receiving signed files
//! - `bag`: the register with its signed files in one archive, behind the feature of archives
//! - `sheets`: workbooks, read and written, behind its feature
//! - `workers`: what the page's workers do
//! - [`device`]: the operations of one device
//! - `cli` and `app`: the tool and the page, each behind its feature
//!
//! `ARCHITECTURE.md` states the invariants of each room.

pub mod archive;
#[cfg(feature = "archive")]
pub mod bag;
pub mod desk;
pub mod device;
pub mod form;
pub mod json;
pub mod kit;
pub mod pack;
#[deny(clippy::float_arithmetic)]
pub mod rules;
#[cfg(feature = "scan")]
pub mod scan;
pub mod seal;
pub mod session;
pub mod share;
#[cfg(feature = "sheets")]
pub mod sheets;
pub mod store;
pub mod value;
#[cfg(any(feature = "archive", feature = "sheets", feature = "listen"))]
pub mod workers;

#[cfg(feature = "app")]
pub mod app;
#[cfg(feature = "cli")]
pub mod cli;
