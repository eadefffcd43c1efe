//! What the browser prints, as a file, as text and as pictures of its pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64ct::{Base64, Encoding};
use serde_json::json;

use super::page::Page;
use sheets::Sheet;

/// What a copier and a scanner do to paper.
#[path = "../../suite/paper/sheet.rs"]
#[allow(dead_code)] // the suite draws its own
pub mod sheets;

/// Documents of a scanner.
#[path = "../../suite/paper/document.rs"]
#[allow(dead_code)] // the suite packs its own
pub mod documents;

impl Page {
    /// Presses the button that prints, and waits until the page asks the browser to. The dialogue itself would stay open,
    /// with nobody there to answer it, and keep the driver from printing.
    pub async fn press_print(&self) {
        let listen = "globalThis.asked = false;
            globalThis.print = () => { globalThis.asked = true; }";
        self.look(listen, json!([])).await;
        self.click("print").await;
        self.until("the page prints", "return globalThis.asked", json!([])).await;
    }

    /// What the page would print now, as a file.
    pub async fn pdf(&self, file: &Path) {
        let cdp = self.driver().cdp();
        let made = cdp.send_raw("Page.printToPDF", json!({ "preferCSSPageSize": true }));
        let made = made.await.unwrap();
        let data = Base64::decode_vec(made["data"].as_str().unwrap()).unwrap();
        assert!(data.starts_with(b"%PDF-"));
        fs::write(file, data).unwrap();
    }
}

fn run(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {args:?}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// The text of each page, as a reader finds it, with white space folded.
pub fn texts(pdf: &Path) -> Vec<String> {
    let text = run("pdftotext", &[pdf.to_str().unwrap(), "-"]);
    let pages = text.split_terminator('\u{c}');
    pages.map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The pages as pictures to look at, small, beside the file.
pub fn shoot(pdf: &Path) {
    let stem = pdf.with_extension("");
    let args = ["-r", "60", "-png"];
    let (from, to) = (pdf.to_str().unwrap(), stem.to_str().unwrap());
    run("pdftoppm", &[&args[..], &[from, to]].concat());
}

/// The pages as a printer of 300 dots to the inch draws them, in files (PGM) of this folder.
pub fn printed(pdf: &Path, folder: &Path) -> Vec<PathBuf> {
    fs::create_dir_all(folder).unwrap();
    let to = folder.join("page");
    let args = ["-r", "300", "-gray"];
    run("pdftoppm", &[&args[..], &[pdf.to_str().unwrap(), to.to_str().unwrap()]].concat());
    let files = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// Reads a picture (PGM, binary).
pub fn sheet(file: &Path) -> Sheet {
    let bytes = fs::read(file).unwrap();
    let mut at = 0;
    let mut word = || {
        let from = at;
        while !bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        at += 1;
        std::str::from_utf8(&bytes[from..at - 1]).unwrap().to_owned()
    };
    assert_eq!(word(), "P5");
    let (width, height): (usize, usize) = (word().parse().unwrap(), word().parse().unwrap());
    assert_eq!(word(), "255");
    let grey = bytes[at..].to_vec();
    assert_eq!(grey.len(), width * height);
    Sheet { width, height, grey }
}

/// The texts of the codes in a picture, as zbarimg reads them.
pub fn zbarimg(file: &Path) -> Vec<String> {
    let output = Command::new("zbarimg")
        .args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"])
        .arg(file)
        .output()
        .unwrap();
    // 4: no code was found.
    let status = output.status.code();
    assert!(matches!(status, Some(0 | 4)), "zbarimg: {status:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// A word on paper, in points.
#[derive(Debug)]
pub struct Word {
    pub text: String,
    /// Its left and right edge.
    pub from: f64,
    pub to: f64,
    pub height: f64,
}

/// Every word, and where it stands.
pub fn words(pdf: &Path) -> Vec<Word> {
    let text = run("pdftotext", &["-bbox", pdf.to_str().unwrap(), "-"]);
    let number = |line: &str, name: &str| -> f64 {
        let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let lines = text.lines().filter(|line| line.trim_start().starts_with("<word "));
    let words = lines.map(|line| Word {
        text: line.split_once("\">").unwrap().1.split_once("</word>").unwrap().0.to_owned(),
        from: number(line, "xMin"),
        to: number(line, "xMax"),
        height: number(line, "yMax") - number(line, "yMin"),
    });
    words.collect()
}
