//! Another version of the built page, as a later build would lie on the server.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64ct::{Base64, Encoding};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// In the names of the other version's files, and of no others.
pub const OTHER: &str = "0000other0000000";

/// The digest that the build put into the names of the page's files.
fn build_of(dist: &Path) -> String {
    let names = fs::read_dir(dist).unwrap();
    let mut names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let script = names.find(|name| name.starts_with("app-") && name.ends_with(".js"));
    let script = script.expect("dist has no script of the app");
    script["app-".len()..script.len() - ".js".len()].to_owned()
}

/// Writes another version of the page beside it: every file that belongs together has another name,
/// and the document says `data-version="other"`.
pub fn other_version(dist: &Path, folder: &Path) {
    let build = build_of(dist);
    fs::create_dir_all(folder).unwrap();
    let [mut digests, mut of_desk, mut of_kit, mut of_pdf, mut of_sheets] =
        [(); 5].map(|()| BTreeMap::new());
    for entry in fs::read_dir(dist).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if ["sw.js", "bon-tot.html"].contains(&name) || !path.is_file() {
            continue;
        }
        let mut bytes = fs::read(&path).unwrap();
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let mut changed = text.replace(&build, OTHER);
            if name == "index.html" {
                changed = changed.replace(&hash_of_start(text), &hash_of_start(&changed));
                changed = changed.replacen("<html", "<html data-version=\"other\"", 1);
            }
            bytes = changed.into_bytes();
        }
        let name = name.replace(&build, OTHER);
        let desk = ["_desk.wasm", "_desk_kit.wasm"];
        let is_desk = name.starts_with("desk-") || desk.iter().any(|end| name.ends_with(end));
        let is_kit = name.starts_with("kit-") || name.ends_with("_kit.wasm");
        let list = if is_desk {
            &mut of_desk
        } else if is_kit {
            &mut of_kit
        } else if name.starts_with("pdf-worker-") {
            &mut of_pdf
        } else if name.starts_with("sheet-worker-") {
            &mut of_sheets
        } else {
            &mut digests
        };
        list.insert(name.clone(), format!("{:x}", Hex(&Sha256::digest(&bytes))));
        fs::write(folder.join(name), bytes).unwrap();
    }
    let worker = fs::read_to_string(dist.join("sw.js")).unwrap();
    let mut worker = worker;
    let mut from = 0;
    for digests in [digests, of_desk, of_kit, of_pdf, of_sheets] {
        let start = from + worker[from..].find('{').expect("sw.js lists no files");
        let end = start + worker[start..].find('}').unwrap() + 1;
        let listed: BTreeMap<String, Value> = serde_json::from_str(&worker[start..end]).unwrap();
        assert_eq!(listed.len(), digests.len(), "sw.js does not list every file");
        let list = serde_json::to_string(&digests).unwrap();
        worker.replace_range(start..end, &list);
        from = start + list.len();
    }
    let version = worker.find('"').unwrap() + 1;
    let other = [&worker[..version], "other", &worker[version + 5..]].concat();
    fs::write(folder.join("sw.js"), other).unwrap();
}

/// How the policy of the page names its first inline script, which starts the wasm.
fn hash_of_start(html: &str) -> String {
    let (_, rest) = html.split_once("<script type=\"module\">").unwrap();
    let (script, _) = rest.split_once("</script>").unwrap();
    Base64::encode_string(&Sha256::digest(script.as_bytes()))
}

struct Hex<'a>(&'a [u8]);

impl std::fmt::LowerHex for Hex<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
