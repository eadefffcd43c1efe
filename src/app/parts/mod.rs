//! Reusable parts of the page: contents and callbacks are arguments.

mod block;
mod button;
pub mod element;
mod field;
pub mod html;
mod pick;
mod qr;

pub use block::{
    check, column, fold, hint, link_button, named, notice, problem, row, scrolling, sheet, table,
};
pub use button::{button, jump, named_button, quiet_button};
pub use element::El;
pub use field::{Calendar, choice, day, files, input, labelled, lines, number, text_input, tick};
pub use pick::{PickOption, pick};
pub use qr::{qr, qr_of_part};
