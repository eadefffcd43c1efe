//! Pictures with codes, each by its name: which file each of them shows, or a part of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::share::{Collected, Collector, PartialFile, file_mark};

/// Pictures with codes, until all are there: a form may be spread over several.
#[derive(Default)]
pub struct Pictures(BTreeMap<String, Vec<String>>);

impl Pictures {
    /// Takes the texts of the codes of a picture with this name.
    pub fn add(&mut self, name: String, texts: Vec<String>) {
        self.0.insert(name, texts);
    }

    /// The file that each picture shows, or a part of it; why not, where it shows none. A picture of two forms is
    /// there twice. The order in which pictures came does not count.
    pub fn files(self) -> Vec<(String, Result<Vec<u8>, String>)> {
        let mut forms: BTreeMap<&str, (BTreeSet<&str>, Vec<&str>)> = BTreeMap::new();
        let mut files = Vec::new();
        for (name, texts) in &self.0 {
            let mut is_ours = false;
            for text in texts {
                if let Some(mark) = file_mark(text) {
                    let (names, parts) = forms.entry(mark).or_default();
                    names.insert(name);
                    parts.push(text);
                    is_ours = true;
                }
            }
            if !is_ours {
                // Why the first of them is refused.
                let why = texts.iter().find_map(|text| Collector::default().take(text).err());
                let why = why.map(|error| error.to_string()).unwrap_or_default();
                files.push((name.clone(), Err(why)));
            }
        }
        for (names, parts) in forms.into_values() {
            let file = collected(&parts);
            files.extend(names.into_iter().map(|name| (name.to_owned(), file.clone())));
        }
        files
    }
}

/// The file of which these are parts.
fn collected(parts: &[&str]) -> Result<Vec<u8>, String> {
    let mut collector = Collector::default();
    let mut refused = None;
    for text in parts {
        match collector.take(text) {
            Ok(Collected::Whole(file)) => return Ok(file),
            Ok(Collected::New | Collected::Known) => {}
            Err(error) => refused = Some(error.to_string()),
        }
    }
    let missing = collector.partial();
    Err(refused.or(missing.first().map(told)).unwrap_or_default())
}

fn told(partial: &PartialFile) -> String {
    let missing: Vec<String> = partial.missing.iter().map(usize::to_string).collect();
    format!("of {} codes of the file these are missing: {}", partial.count, missing.join(", "))
}
