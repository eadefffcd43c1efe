//! Reusable parts of the page: contents and callbacks are arguments.

mod button;
pub mod element;
mod field;
pub mod html;
mod pick;
mod qr;

pub use button::{button, quiet_button};
pub use field::{choice, date, lines, number, text_input};
pub use pick::{PickOption, pick};
pub use qr::{qr, qr_of_part};
