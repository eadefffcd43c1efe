//! Writes the packs without line ends and indents, which the page need not download.

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=packs");
    // wasm-split-cli reads relocations to tell what each part of the page reaches; without a split they are dead weight.
    if env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
    }
    let to = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    for entry in fs::read_dir("packs")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json")
            && let Some(name) = path.file_name()
        {
            // No string of a JSON text has a line end in it (RFC 8259 s. 7).
            let text = fs::read_to_string(&path)?;
            let lines = text.lines().map(str::trim_start);
            fs::write(to.join(name), lines.collect::<String>())?;
        }
    }
    Ok(())
}
