//! The command-line tool as it was built for this run.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

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
    called(Command::new(env!("CARGO_BIN_EXE_bontot")).args(args))
}

/// The same with a passphrase; it must succeed.
pub fn bontot_with(passphrase: &str, args: &[&str]) -> Called {
    let mut bontot = Command::new(env!("CARGO_BIN_EXE_bontot"));
    let called = called(bontot.args(args).env("BONTOT_PASSPHRASE", passphrase));
    assert_eq!(called.status, 0, "{args:?}: {}", called.stderr);
    called
}

/// Runs `tests/jose/verify.mjs`, which is npm's jose; it must succeed.
pub fn jose(args: &[&str]) -> Value {
    other(Command::new("node"), "verify.mjs", args)
}

/// Runs `tests/jose/verify.py`, which is PyPI's jwcrypto and rfc8785; it must succeed.
pub fn jwcrypto(args: &[&str]) -> Value {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python/bin/python");
    other(Command::new(python), "verify.py", args)
}

fn other(mut program: Command, script: &str, args: &[&str]) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jose");
    let called = called(program.arg(folder.join(script)).args(args));
    assert_eq!(called.status, 0, "{args:?}: {}", called.stderr);
    serde_json::from_str(&called.stdout).unwrap()
}

fn called(command: &mut Command) -> Called {
    let output = command.stdin(Stdio::null()).output().unwrap();
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
