//! Messages between the page and its worker: JSON, and beside it the bytes of files and pictures, which are transferred.

use serde::{Deserialize, Serialize};

use crate::json::{ReadError, from_slice, to_canonical};
use crate::share::{Collected, Collector, PaperError, PartialFile};

/// A request of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
}

/// The reply of the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// The texts of the codes of a file.
    Codes(Vec<String>),
    /// Why the file has no codes.
    Refused(PaperError),
    /// The result of a picture, or of texts.
    Findings(Findings),
}

/// The result of a picture, or of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

impl Task {
    /// Reads a task.
    ///
    /// # Errors
    /// The first error in the text.
    pub fn from_text(text: &str) -> Result<Task, ReadError> {
        read(text)
    }

    /// The task as text.
    pub fn to_text(&self) -> String {
        to_canonical(self)
    }
}

impl Reply {
    /// Reads a reply.
    ///
    /// # Errors
    /// The first error in the text.
    pub fn from_text(text: &str) -> Result<Reply, ReadError> {
        read(text)
    }

    /// The reply as text.
    pub fn to_text(&self) -> String {
        to_canonical(self)
    }
}

/// Reads a message of any length: it comes from the other half of this program.
fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    from_slice(text.as_bytes(), usize::MAX)
}

impl Collector {
    /// Takes the texts of all codes of a picture.
    pub fn take_all(&mut self, texts: &[String]) -> Findings {
        let mut findings = Findings {
            codes: texts.len(),
            ..Findings::default()
        };
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
            Task::Look {
                width: 1920,
                height: 1080,
                quick: true,
            },
            Task::Take(vec!["BT1:1/1:\"".to_owned()]),
        ] {
            assert_eq!(Task::from_text(&task.to_text()), Ok(task));
        }
        let findings = Findings {
            codes: 3,
            texts: vec!["BT1:1/3:0".to_owned()],
            refused: Some(PaperError::DigestDiffers),
            partial: vec![PartialFile {
                count: 3,
                missing: vec![2, 3],
            }],
            files: Vec::new(),
        };
        for reply in [
            Reply::Codes(vec!["BT1:1/1:0".to_owned()]),
            Reply::Refused(PaperError::TooLong),
            Reply::Findings(findings),
        ] {
            assert_eq!(Reply::from_text(&reply.to_text()), Ok(reply));
        }
        assert!(Task::from_text(r#"{"look":{"width":1}}"#).is_err());
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
