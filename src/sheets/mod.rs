//! Tables in files: workbooks that are read as lists of units or tables of criteria, and the register written as one.

mod grids;
mod hidden;
mod read;
mod workbook;

pub use grids::{GRID_LIMIT, grids_of};
pub use read::sheets_of;
pub use rust_xlsxwriter::XlsxError;
pub use workbook::Book;
