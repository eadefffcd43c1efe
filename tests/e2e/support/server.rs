//! A static server of the built page on this machine: a thread for each connection, no escapes.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// Where a page stands on which nothing runs.
pub const BLANK: &str = "/blank";
const EMPTY: &[u8] = b"<!doctype html><title>blank</title><link rel=icon href=data:,>";

/// Serves a folder until it is dropped.
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

struct State {
    root: Mutex<PathBuf>,
    stopped: AtomicBool,
    missing: Mutex<Vec<String>>,
    trouble: Mutex<Trouble>,
    changed: Condvar,
}

/// What is wrong with the network: files whose names have a part like this.
#[derive(Default)]
struct Trouble {
    /// Answered only when they are let go.
    held: Option<String>,
    /// How many requests wait.
    waiting: usize,
    /// Answered with an error.
    refused: Option<String>,
}

impl Server {
    /// Serves the folder on a free port.
    pub fn start(folder: &Path) -> Server {
        let root = Mutex::new(fs::canonicalize(folder).unwrap());
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            root,
            stopped: AtomicBool::new(false),
            missing: Mutex::default(),
            trouble: Mutex::default(),
            changed: Condvar::new(),
        });
        let own = Arc::clone(&state);
        thread::spawn(move || {
            for connection in listener.incoming() {
                if own.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (own, Ok(connection)) = (Arc::clone(&own), connection) else {
                    continue;
                };
                // A browser may go away in the middle of an answer; nobody is to be told.
                thread::spawn(move || drop(own.serve(connection)));
            }
        });
        Server { address, state }
    }

    /// The address of the page, with its closing slash.
    pub fn base(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Does the page have a file with this in its name?
    pub fn has(&self, part: &str) -> bool {
        let entries = fs::read_dir(&*self.state.root.lock().unwrap()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name());
        names.into_iter().any(|name| name.to_string_lossy().contains(part))
    }

    /// Answers no request for files with this in their names until they are let go.
    pub fn hold(&self, part: &str) {
        self.state.trouble.lock().unwrap().held = Some(part.to_owned());
    }

    /// How many requests wait.
    pub fn waiting(&self) -> usize {
        self.state.trouble.lock().unwrap().waiting
    }

    /// Answers requests for files with this in their names with an error.
    pub fn refuse(&self, part: &str) {
        self.state.trouble.lock().unwrap().refused = Some(part.to_owned());
    }

    /// All is well again: what waits is answered, and nothing is refused.
    pub fn recover(&self) {
        let mut trouble = self.state.trouble.lock().unwrap();
        (trouble.held, trouble.refused) = (None, None);
        self.state.changed.notify_all();
    }

    /// Serves another folder from now on.
    pub fn deploy(&self, folder: &Path) {
        *self.state.root.lock().unwrap() = fs::canonicalize(folder).unwrap();
    }

    /// Serves nothing any more: who connects is refused.
    pub fn stop(&self) {
        self.state.stopped.store(true, Ordering::SeqCst);
        self.recover();
        drop(TcpStream::connect(self.address)); // wakes the listener
        while TcpStream::connect(self.address).is_ok() {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What was asked for and is not there.
    pub fn missing(&self) -> Vec<String> {
        self.state.missing.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

impl State {
    fn serve(&self, connection: TcpStream) -> io::Result<()> {
        connection.set_read_timeout(Some(Duration::from_secs(30)))?;
        connection.set_nodelay(true)?;
        let mut out = connection.try_clone()?;
        let mut lines = BufReader::new(connection);
        let mut request = String::new();
        lines.read_line(&mut request)?;
        let mut header = String::new();
        while lines.read_line(&mut header)? > 2 {
            header.clear();
        }
        let mut words = request.split_ascii_whitespace();
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Ok(()); // a connection opened ahead of need
        };
        if !matches!(method, "GET" | "HEAD") {
            return answer(&mut out, "405 Method Not Allowed", "text/plain", b"", true);
        }
        if self.is_in_trouble(target) {
            return answer(&mut out, "503 Service Unavailable", "text/plain", b"", true);
        }
        if target == BLANK {
            return answer(&mut out, "200 OK", "text/html", EMPTY, method == "GET");
        }
        match self.find(target) {
            Some(file) => {
                let body = fs::read(&file)?;
                answer(&mut out, "200 OK", mime(&file), &body, method == "GET")
            }
            None => {
                self.missing.lock().unwrap().push(target.to_owned());
                answer(&mut out, "404 Not Found", "text/plain", b"", true)
            }
        }
    }

    /// Waits as long as this is held; is it refused?
    fn is_in_trouble(&self, target: &str) -> bool {
        let is = |part: &Option<String>| part.as_ref().is_some_and(|part| target.contains(part));
        let mut trouble = self.trouble.lock().unwrap();
        if is(&trouble.held) {
            trouble.waiting += 1;
            while is(&trouble.held) {
                trouble = self.changed.wait(trouble).unwrap();
            }
            trouble.waiting -= 1;
        }
        is(&trouble.refused)
    }

    /// The file that a request names, inside the folder.
    fn find(&self, target: &str) -> Option<PathBuf> {
        let path = target.split(['?', '#']).next()?;
        // Names in dist/ are plain; an escape in one is never needed.
        if path.contains(['%', '\\', '\0']) {
            return None;
        }
        let root = self.root.lock().unwrap().clone();
        let mut file = root.join(path.trim_start_matches('/'));
        if path.ends_with('/') {
            file.push("index.html");
        }
        // Resolved first and compared after, so that neither `..` nor a link leads out.
        let file = fs::canonicalize(file).ok()?;
        (file.starts_with(&root) && file.is_file()).then_some(file)
    }
}

fn answer(
    out: &mut TcpStream,
    status: &str,
    mime: &str,
    body: &[u8],
    with_body: bool,
) -> io::Result<()> {
    write!(
        out,
        "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\n\
         Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if with_body {
        out.write_all(body)?;
    }
    out.flush()
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("ico") => "image/x-icon",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
