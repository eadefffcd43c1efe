//! Reusable parts of the page: contents and callbacks are arguments.

mod block;
mod button;
mod drawn;
pub mod element;
mod field;
pub mod html;
mod limit;
mod live;
mod pick;
mod qr;
mod svg;
mod together;
mod view;
mod words;

pub use block::{
    check, column, fold, hint, link_button, named, notice, problem, row, scrolling, sheet, table,
};
pub use button::{button, jump, named_button, quiet_button};
pub use element::El;
pub use field::{Calendar, choice, day, files, input, labelled, lines, number, text_input, tick};
pub use limit::{Fill, Limits, TextField, set_limits};
pub use pick::{PickOption, pick};
pub use qr::{qr, qr_of_part};
pub use svg::{Svg, svg};
