//! Reusable parts of the page: what they show and what they call are arguments.

mod field;
mod notice;
mod pick;

pub use field::{choice, date, lines, number, words};
pub use notice::notice;
pub use pick::{Option as PickOption, pick};
