//! PDF documents with forms on paper. Another process reads them, with bounds on its time and memory: what a document
//! unpacks to and how long it draws is up to who made it, and what stops that process costs one row.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use std::{env, thread};

use crate::cli::{CliError, Ending};
use crate::desk::register::NO_CODES;
use crate::scan::pdf::{Document, PDF_LIMIT, PdfError};
use crate::scan::{Care, codes};

/// How long opening a document, or one page of it, may take; and all of it.
const PAGE: Duration = Duration::from_secs(60);
const ALL: Duration = Duration::from_secs(900);
/// The most bytes of memory of the process: a page of A3 at 600 dpi in colour takes half.
#[cfg(unix)]
const MEMORY: u64 = 2 << 30;
/// The longest line that the process prints.
const LINE: u64 = 16 << 10;
/// How the lines begin that tell a text, what is to be said of a page, that a page is done, and that all of them are.
const TEXT: &str = "text ";
const FAULT: &str = "fault ";
const PAGE_DONE: &str = "page";
const END: &str = "end";

/// What was found in a document.
#[derive(Default)]
pub(super) struct Pages {
    /// The texts of the codes on all pages.
    pub(super) texts: Vec<String>,
    /// Why not all of it was read, or that there is no code, in words.
    pub(super) fault: Option<String>,
}

/// Reads the codes on the pages of a document.
pub(super) fn pages(bytes: Vec<u8>) -> Pages {
    let mut pages = Pages::default();
    let told = if bytes.len() > PDF_LIMIT {
        Err(PdfError::TooLarge.to_string())
    } else {
        let cannot = |error: io::Error| format!("the PDF cannot be read here: {error}");
        start().map_err(cannot).and_then(|mut child| {
            let told = listen(&mut child, bytes, &mut pages);
            // It is at its end, or is ended here; it left nothing to tidy up.
            let _ = child.kill();
            let _ = child.wait();
            told
        })
    };
    if let Err(why) = told {
        pages.fault = Some(why);
    } else if pages.texts.is_empty() && pages.fault.is_none() {
        pages.fault = Some(NO_CODES.to_owned());
    }
    pages
}

fn start() -> io::Result<Child> {
    let mut command = Command::new(env::current_exe()?);
    command.arg("pdf-pages").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn()
}

/// Gives the process the document, and takes what it finds; an error is what is to be said where it did not end well.
fn listen(child: &mut Child, bytes: Vec<u8>, pages: &mut Pages) -> Result<(), String> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(PdfError::Damaged.to_string());
    };
    // A process that does not take it all is at its end, and says so below.
    thread::spawn(move || drop(input.write_all(&bytes)));
    let lines = lines(output);
    let begun = Instant::now();
    let (mut page, mut since) = (1, begun);
    loop {
        let left = PAGE.saturating_sub(since.elapsed()).min(ALL.saturating_sub(begun.elapsed()));
        let line = lines.recv_timeout(left).map_err(|error| match error {
            RecvTimeoutError::Timeout => format!("page {page} of the PDF takes too long to read"),
            RecvTimeoutError::Disconnected => {
                format!("page {page} of the PDF takes too much to read, or is damaged")
            }
        })?;
        if let Some(text) = line.strip_prefix(TEXT) {
            pages.texts.push(text.to_owned());
        } else if let Some(why) = line.strip_prefix(FAULT) {
            pages.fault.get_or_insert_with(|| why.to_owned());
        } else if line == PAGE_DONE {
            (page, since) = (page + 1, Instant::now());
        } else if line == END {
            return Ok(());
        }
    }
}

/// The lines that the process prints, as they come.
fn lines(output: ChildStdout) -> Receiver<String> {
    let (found, lines) = channel();
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut line = String::new();
        // It ends with the process, or when nobody listens any more.
        while output.by_ref().take(LINE).read_line(&mut line).is_ok_and(|count| count > 0) {
            if found.send(line.trim_end_matches('\n').to_owned()).is_err() {
                return;
            }
            line.clear();
        }
    });
    lines
}

/// What the process does: it reads the document on standard input, and prints what its pages show.
pub(in crate::cli) fn print_pages() -> Result<Ending, CliError> {
    bound();
    let mut out = io::stdout().lock();
    let done = print(&mut out).and_then(|()| out.flush());
    // Where nobody listens any more there is nobody to tell.
    Ok(if done.is_ok() { Ending::Well } else { Ending::Wrong })
}

/// Bounds the memory and the time of this process, where the system can.
fn bound() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        for (resource, most) in [(Resource::As, MEMORY), (Resource::Cpu, ALL.as_secs())] {
            // Who may not bound it goes on: what started it counts the time.
            let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }
}

fn print(out: &mut impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(PDF_LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    match Document::open(bytes) {
        Ok(document) => {
            for number in 1..=document.pages() {
                match document.page(number) {
                    Ok(picture) => {
                        for text in codes(&picture, Care::Thorough) {
                            writeln!(out, "{TEXT}{text}")?;
                        }
                    }
                    Err(error) => writeln!(out, "{FAULT}{error}")?,
                }
                writeln!(out, "{PAGE_DONE}")?;
                out.flush()?;
            }
        }
        Err(error) => writeln!(out, "{FAULT}{error}")?,
    }
    writeln!(out, "{END}")
}
