//! The desk's web worker. Everything that it does is in the library.

use bon_tot::desk::register::Task;
use bon_tot::pack::catalog::Catalog;
use bon_tot::workers::desk::DeskWork;
use bon_tot::workers::disk::Disk;
use bon_tot::workers::listen::{answer, beside, bytes, listen};

fn main() {
    let Ok(packs) = Catalog::built_in() else {
        return;
    };
    let mut work = DeskWork::new(packs);
    listen(move |message| {
        let (reply, more) = match Task::from_bytes(&bytes(message, 0)?)? {
            Task::Open(name) => (work.open(&name, Disk::at(message, 1)), Vec::new()),
            task => work.answer(&task, beside(message)?)?,
        };
        Some(answer(&reply.to_bytes()?, more.iter().map(Vec::as_slice)))
    });
}
