//! How many files have each status.

use crate::desk::Status;

/// The count of each status. How many files were read is their sum, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    counts: [usize; Status::ALL.len()],
}

impl Totals {
    /// Counts one more file.
    pub fn count(&mut self, status: Status) {
        for (count, own) in self.counts.iter_mut().zip(Status::ALL) {
            *count += usize::from(*own == status);
        }
    }

    /// How many files have a status.
    pub fn of(&self, status: Status) -> usize {
        self.each().find(|(own, _)| *own == status).map_or(0, |(_, count)| count)
    }

    /// Every status with its count, in the order of the spec.
    pub fn each(&self) -> impl Iterator<Item = (Status, usize)> {
        Status::ALL.iter().copied().zip(self.counts)
    }

    /// How many files were read.
    pub fn read(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The sum in words: `5 files read = 1 malformed + 4 verified`.
    pub fn told(&self) -> String {
        let counts = self.each().filter(|(_, count)| *count > 0);
        let counts: Vec<_> =
            counts.map(|(status, count)| format!("{count} {}", status.as_str())).collect();
        let files = if self.read() == 1 { "file" } else { "files" };
        let sum =
            if counts.is_empty() { String::new() } else { format!(" = {}", counts.join(" + ")) };
        format!("{} {files} read{sum}", self.read())
    }
}
