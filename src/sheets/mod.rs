//! Tables in files: workbooks that are read as lists of units, and the register written as one.

mod read;
mod workbook;

pub use read::sheets_of;
pub use rust_xlsxwriter::XlsxError;
pub use workbook::Book;
