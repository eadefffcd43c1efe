//! What one needs while a pack is written.
#![cfg(test)] // so that clippy knows these helpers for tests

mod diff;
mod hundred;
mod odd;
