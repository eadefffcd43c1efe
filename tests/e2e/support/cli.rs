//! The command-line tool as it was built for this run.

use std::path::Path;
use std::process::{Command, Stdio};

/// What a call gave.
pub struct Called {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Calls `bontot` without standard input.
pub fn bontot(args: &[&str]) -> Called {
    let output = Command::new(env!("CARGO_BIN_EXE_bontot"))
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Called {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The path of a built-in pack.
pub fn pack_file(id: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("packs/{id}.json"));
    file.to_str().unwrap().to_owned()
}
