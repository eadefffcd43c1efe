//! The web worker for slow work with paper: it packs a file into the texts of codes, finds codes in pictures, and
//! puts files together from them. Everything else is in the library.
//!
//! A picture that crashes the worker ends it; the page starts another one, which takes the texts that were read before.

use bon_tot::scan::{Care, Picture, codes, grey};
use bon_tot::share::{Collector, Findings, Reply, Task, file_in_link, link_of_file, parts};
use bon_tot::workers::listen::{answer, bytes, bytes_by, listen};

/// How many bytes of RGBA pixels become grey at once.
const PIECE: u32 = 4 << 16;

fn main() {
    let mut collector = Collector::default();
    listen(move |message| {
        let reply = match Task::from_bytes(&bytes(message, 0)?)? {
            Task::Pack => parts(&bytes(message, 1)?).map_or_else(Reply::Refused, Reply::Codes),
            Task::Look { width, height, quick } => {
                let care = if quick { Care::Quick } else { Care::Thorough };
                let picture =
                    Picture::new(width, height, bytes_by(message, 1, PIECE, grey)?).ok()?;
                Reply::Findings(collector.take_all(&codes(&picture, care)))
            }
            Task::Take(texts) => Reply::Findings(collector.take_all(&texts)),
            Task::Link => Reply::Link(link_of_file(&bytes(message, 1)?)),
            Task::FileOf(link) => {
                let files = file_in_link(&link).into_iter().collect();
                Reply::Findings(Findings { files, ..Findings::default() })
            }
        };
        let files = match &reply {
            Reply::Findings(findings) => findings.files.as_slice(),
            _ => &[],
        };
        Some(answer(&reply.to_bytes()?, files.iter().map(|file| file.as_slice())))
    });
}
