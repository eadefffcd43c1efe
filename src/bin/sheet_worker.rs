//! The web worker for workbooks. Everything that it does is in the library.

use bon_tot::desk::register::Task;
use bon_tot::pack::catalog::Catalog;
use bon_tot::workers::listen::{answer, beside, bytes, listen, normal};
use bon_tot::workers::sheets::SheetWork;

fn main() {
    let Ok(packs) = Catalog::built_in() else {
        return;
    };
    let mut work = SheetWork::new(packs, normal);
    listen(move |message| {
        let task = Task::from_bytes(&bytes(message, 0)?)?;
        let (reply, more) = work.answer(&task, beside(message)?)?;
        Some(answer(&reply.to_bytes()?, more.as_deref()))
    });
}
