//! The JSON profile: what it takes, how values are read from it, and how they are written.
#![cfg(test)] // so that clippy knows these helpers for tests

mod profile;
mod reading;
mod writing;
