//! The web worker that reads PDF documents: it draws their pages and finds the codes on them. Everything else is in the
//! library.

use bon_tot::scan::pdf::Document;
use bon_tot::scan::{Care, codes};
use bon_tot::share::{PdfReply, PdfTask};
use bon_tot::workers::listen::{answer, bytes, listen};

fn main() {
    let mut open = None;
    listen(move |message| {
        let task = PdfTask::from_bytes(&bytes(message, 0)?)?;
        let reply = reply(&mut open, task, || bytes(message, 1))?;
        Some(answer(&reply.to_bytes()?, None))
    });
}

fn reply(
    open: &mut Option<Document>,
    task: PdfTask,
    beside: impl Fn() -> Option<Vec<u8>>,
) -> Option<PdfReply> {
    let reply = match task {
        PdfTask::Open => {
            // The one before goes first, so that the memory holds one of them.
            *open = None;
            Document::open(beside()?).map(|document| {
                let pages = document.pages();
                *open = Some(document);
                PdfReply::Opened(pages)
            })
        }
        PdfTask::Page(number) => {
            let picture = open.as_ref()?.page(number);
            picture.map(|picture| PdfReply::Texts(codes(&picture, Care::Thorough)))
        }
    };
    Some(reply.unwrap_or_else(|error| PdfReply::Refused(error.to_string())))
}
