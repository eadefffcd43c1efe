//! Reusable parts of the page: what they show and what they call are arguments.

mod button;
pub mod element;
mod field;
pub mod html;
mod notice;
pub mod of_files;
mod pick;
mod qr;

pub use button::{button, quiet_button};
pub use field::{choice, date, lines, number, words};
pub use notice::notice;
pub use pick::{PickOption, pick};
pub use qr::{qr, qr_of_part};
