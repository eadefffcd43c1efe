//! The native tests, one binary: every file beside this one is listed here.
#![cfg(test)]

mod architecture;
mod attachments;
mod cases;
mod cli;
mod device;
mod drafts;
mod entries;
mod fuzz;
mod golden;
mod jose;
mod json;
mod kit;
mod order;
mod packs;
mod paper;
mod properties;
mod receiving;
mod register;
mod rfc;
mod schemas;
mod sharing;
