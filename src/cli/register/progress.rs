//! How far the work is, on a terminal: one line that is written over.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How often the line is drawn.
const PAUSE: Duration = Duration::from_millis(200);

/// Counts what is done; draws nothing where messages do not go to a terminal.
pub(super) struct Progress {
    /// How many there are, as far as is known.
    all: Arc<AtomicUsize>,
    done: usize,
    begun: Instant,
    drawn: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    /// Begins; `all` grows while archives are opened.
    pub(super) fn begin(all: Arc<AtomicUsize>) -> Progress {
        let is_shown = io::stderr().is_terminal();
        Progress { all, done: 0, begun: Instant::now(), drawn: None, is_shown }
    }

    /// One more is done.
    pub(super) fn step(&mut self) {
        self.done += 1;
        if self.is_shown && self.drawn.is_none_or(|drawn| drawn.elapsed() >= PAUSE) {
            self.drawn = Some(Instant::now());
            let all = self.all.load(Ordering::Relaxed).max(self.done);
            draw(&told(self.done, all, self.begun.elapsed()));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.drawn.is_some() {
            draw("");
        }
    }
}

/// Writes over the line, and clears what is left of it.
fn draw(text: &str) {
    // A failure of standard error cannot be reported anywhere.
    let mut out = io::stderr().lock();
    let _ = write!(out, "\r{text}\u{1b}[K");
    let _ = out.flush();
}

/// Count, rate and time left.
fn told(done: usize, all: usize, elapsed: Duration) -> String {
    let passed = elapsed.as_millis().max(1);
    let (done_wide, all_wide) = (done as u128, all as u128);
    let rate = done_wide * 1000 / passed;
    let left = (all_wide - done_wide) * passed / done_wide.max(1) / 1000;
    let left = match left {
        0..60 => format!("{left} s"),
        _ => format!("{} min {} s", left / 60, left % 60),
    };
    format!("{done} of {all} files, {rate} a second, {left} left")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn count_rate_and_time_left_are_said() {
        let told = |done, all, seconds| told(done, all, Duration::from_secs(seconds));
        assert_eq!(told(500, 2000, 2), "500 of 2000 files, 250 a second, 6 s left");
        assert_eq!(told(1, 151, 1), "1 of 151 files, 1 a second, 2 min 30 s left");
        assert_eq!(told(0, 0, 0), "0 of 0 files, 0 a second, 0 s left");
    }
}
