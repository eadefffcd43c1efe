//! PDF documents that come to the desk: the worker that reads them is loaded for the first one.

use super::intake::Run;
use super::shared::{Desk, Failed};
use crate::app::host::File;
use crate::app::host::pdf_worker::{PdfWorker, PdfWorkerError};
use crate::app::state::desk::Stage;
use crate::desk::register::NO_CODES;
use crate::share::Pictures;

/// What is read of one document.
#[derive(Default)]
struct Pages {
    texts: Vec<String>,
    /// Why not all of it was read.
    fault: Option<String>,
}

/// Reads the codes on all pages of documents; tells what cannot be read, and those without a code.
pub(super) async fn read(
    desk: &Desk,
    run: &Run,
    waiting: Vec<(String, File)>,
    found: &mut Pictures,
    refused: &mut Vec<(String, String)>,
) -> Result<(), Failed> {
    let mut worker: Option<PdfWorker> = None;
    for (name, file) in waiting {
        let reader = match worker.take() {
            Some(reader) => reader,
            None => PdfWorker::load().await.map_err(|_| Failed::Worker)?,
        };
        let mut pages = Pages::default();
        // A document that stops the worker ends there, and the next one gets another worker.
        if each_page(desk, run, &reader, &file, &mut pages).await {
            worker = Some(reader);
        }
        if desk.is_stopped.get() {
            return Ok(());
        }
        if pages.texts.is_empty() {
            pages.fault.get_or_insert_with(|| NO_CODES.to_owned());
        } else {
            found.add(name.clone(), pages.texts);
        }
        refused.extend(pages.fault.map(|why| (name, why)));
    }
    Ok(())
}

/// Reads a document page by page; is the worker still there?
async fn each_page(
    desk: &Desk,
    run: &Run,
    reader: &PdfWorker,
    file: &File,
    pages: &mut Pages,
) -> bool {
    let all = match reader.open(file).await {
        Ok(Ok(all)) => all,
        Ok(Err(why)) => {
            pages.fault = Some(why);
            return true;
        }
        Err(PdfWorkerError::Unread) => {
            let why = "the browser cannot read it: it was moved or changed";
            pages.fault = Some(why.to_owned());
            return true;
        }
        Err(_) => {
            pages.fault = Some(stopped(1));
            return false;
        }
    };
    for number in 1..=all {
        if desk.is_stopped.get() {
            break;
        }
        run.page.set(Some((number, all)));
        run.show(desk, Stage::Running);
        match reader.page(number).await {
            Ok(Ok(texts)) => pages.texts.extend(texts),
            Ok(Err(why)) => {
                pages.fault.get_or_insert(why);
            }
            Err(_) => {
                pages.fault = Some(stopped(number));
                return false;
            }
        }
    }
    true
}

fn stopped(page: usize) -> String {
    format!("page {page} of the PDF takes too much to read, or is damaged")
}
