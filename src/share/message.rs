//! Messages between the page and its worker: bytes of `postcard`, since both are of one build, and beside them the
//! bytes of files and pictures, which are transferred.

use serde::{Deserialize, Serialize};

use crate::share::{Collected, Collector, PaperError, PartialFile};

/// A request of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// Make the codes of the file beside the message.
    Pack,
    /// Read the codes in a picture, whose pixels of four bytes each are beside the message.
    Look {
        /// Pixels in a row.
        width: usize,
        /// Rows.
        height: usize,
        /// Whether speed matters most: the next picture comes at once.
        quick: bool,
    },
    /// Take the texts of codes that were read before.
    Take(Vec<String>),
    /// Make the link of the file beside the message.
    Link,
    /// Give the file in a link.
    FileOf(String),
}

/// The reply of the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The texts of the codes of a file.
    Codes(Vec<String>),
    /// Why the file has no codes.
    Refused(PaperError),
    /// The result of a picture, or of texts; the file of a link.
    Findings(Findings),
    /// The link of a file.
    Link(String),
}

/// The result of a picture, or of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// How many codes there were.
    pub codes: usize,
    /// The texts of those that are parts of files.
    pub texts: Vec<String>,
    /// Why the first refused code was refused.
    pub refused: Option<PaperError>,
    /// The files with missing parts.
    pub partial: Vec<PartialFile>,
    /// Files that are complete; their bytes are beside the message.
    #[serde(skip)]
    pub files: Vec<Vec<u8>>,
}

/// A request of the page to the worker that reads PDF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PdfTask {
    /// Open the document beside the message.
    Open,
    /// Read the codes on a page of it; the first one is 1.
    Page(usize),
}

/// The reply of that worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PdfReply {
    /// How many pages the document has.
    Opened(usize),
    /// The texts of the codes on a page.
    Texts(Vec<String>),
    /// Why the document or the page is refused, in words for specialists.
    Refused(String),
}

macro_rules! message {
    ($message:ty) => {
        impl $message {
            /// Reads a message; `None` where it is none of this build.
            pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
                postcard::from_bytes(bytes).ok()
            }

            /// The message as bytes; `None` where it cannot be written.
            pub fn to_bytes(&self) -> Option<Vec<u8>> {
                postcard::to_allocvec(self).ok()
            }
        }
    };
}

message!(Task);
message!(Reply);
message!(PdfTask);
message!(PdfReply);

impl Collector {
    /// Takes the texts of all codes of a picture.
    pub fn take_all(&mut self, texts: &[String]) -> Findings {
        let mut findings = Findings { codes: texts.len(), ..Findings::default() };
        for text in texts {
            match self.take(text) {
                Ok(taken) => {
                    findings.texts.push(text.clone());
                    if let Collected::Whole(file) = taken {
                        findings.files.push(file);
                    }
                }
                // A foreign code beside ours is ignored.
                Err(PaperError::NotOurs) if texts.len() > 1 => {}
                Err(error) => findings.refused = findings.refused.or(Some(error)),
            }
        }
        findings.partial = self.partial();
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::parts;

    #[test]
    fn messages_read_back() {
        for task in [
            Task::Pack,
            Task::Look { width: 1920, height: 1080, quick: true },
            Task::Take(vec!["BT1:1/1:\"".to_owned()]),
        ] {
            assert_eq!(Task::from_bytes(&task.to_bytes().unwrap()), Some(task));
        }
        let findings = Findings {
            codes: 3,
            texts: vec!["BT1:1/3:0".to_owned()],
            refused: Some(PaperError::DigestDiffers),
            partial: vec![PartialFile { count: 3, missing: vec![2, 3] }],
            files: Vec::new(),
        };
        for reply in [
            Reply::Codes(vec!["BT1:1/1:0".to_owned()]),
            Reply::Refused(PaperError::TooLong),
            Reply::Findings(findings),
        ] {
            assert_eq!(Reply::from_bytes(&reply.to_bytes().unwrap()), Some(reply));
        }
        assert_eq!(Task::from_bytes(&[1, 1]), None);
    }

    #[test]
    fn findings_tell_what_is_ours_what_is_missing_and_what_is_whole() {
        let noise: Vec<u8> = (0..3000_u32).map(|n| ((n * n) >> 3) as u8).collect();
        let texts = parts(&noise).unwrap();
        let (first, rest) = texts.split_first().unwrap();
        let mut collector = Collector::default();
        let seen = collector.take_all(&[first.clone(), "https://example.org".to_owned()]);
        let missing: Vec<_> = (2..=texts.len()).collect();
        assert_eq!((seen.codes, seen.refused), (2, None));
        assert_eq!(seen.texts, std::slice::from_ref(first));
        assert_eq!(seen.partial[0].missing, missing);
        let seen = collector.take_all(rest);
        assert_eq!((seen.files, seen.partial), (vec![noise], Vec::new()));
        let alone = collector.take_all(&["https://example.org".to_owned()]);
        assert_eq!(alone.refused, Some(PaperError::NotOurs));
    }
}
