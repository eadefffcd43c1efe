//! A screen that nobody sees, for a browser that cannot do without one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::browser::program;

/// An X server of this machine's memory, ended when dropped.
pub struct Screen {
    server: Child,
    /// What `DISPLAY` says of it.
    pub display: String,
}

impl Screen {
    /// Starts one. It takes a free number itself and says which, where `xvfb-run` looks for one and may be overtaken.
    pub fn start() -> Screen {
        let mut server = Command::new(program("Xvfb", "webkit"))
            .args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = server.stdout.take().unwrap();
        let mut screen = Screen { server, display: String::new() };
        let (send, receive) = mpsc::channel();
        thread::spawn(move || {
            let mut number = String::new();
            if BufReader::new(out).read_line(&mut number).is_ok() {
                let _ = send.send(number); // nobody waits any more
            }
        });
        let number = receive.recv_timeout(Duration::from_secs(20)).expect("Xvfb said no number");
        screen.display = format!(":{}", number.trim().parse::<u16>().expect("Xvfb did not start"));
        screen
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Asked first, so that it takes its lock file along.
        drop(Command::new("kill").arg(self.server.id().to_string()).output());
        let until = Instant::now() + Duration::from_secs(5);
        while matches!(self.server.try_wait(), Ok(None)) && Instant::now() < until {
            thread::sleep(Duration::from_millis(10));
        }
        drop(self.server.kill());
        drop(self.server.wait());
    }
}
