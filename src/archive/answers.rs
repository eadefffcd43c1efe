//! Appraisals as one archive, each named so that it finds its unit.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::desk::answer_name;
use crate::seal::Submission;

/// An archive that is being written.
pub struct Answers {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    /// How many entries have a name: several superiors may appraise one submission.
    names: BTreeMap<String, usize>,
}

impl Default for Answers {
    fn default() -> Answers {
        Answers { zip: ZipWriter::new(Cursor::new(Vec::new())), names: BTreeMap::new() }
    }
}

impl Answers {
    /// Adds appraisals, each behind its submission.
    ///
    /// # Errors
    /// Why one cannot be added, in words.
    pub fn add(&mut self, pairs: &[(String, String)]) -> Result<(), String> {
        for (submission, appraisal) in pairs {
            let submission = Submission::from_bytes(submission.as_bytes());
            let name = answer_name(&submission.map_err(|error| error.to_string())?);
            let count = self.names.entry(name.clone()).or_insert(0);
            *count += 1;
            let stem = name.strip_suffix(".json").unwrap_or(&name);
            let name = if *count == 1 { name.clone() } else { format!("{stem}-{count}.json") };
            let started = self.zip.start_file(name, SimpleFileOptions::default());
            started.map_err(|error| error.to_string())?;
            self.zip.write_all(appraisal.as_bytes()).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// The archive.
    ///
    /// # Errors
    /// Why it cannot be written, in words.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        let bytes = self.zip.finish().map_err(|error| error.to_string())?;
        Ok(bytes.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Archive;
    use crate::form::{Assessment, Period};
    use crate::pack::catalog::Catalog;
    use crate::seal::{SecretKey, seal};
    use crate::value::{AssessmentId, Date, Instant};

    #[test]
    fn each_answer_is_named_by_its_submission() {
        let packs = Catalog::built_in().unwrap();
        let pack = packs.packs().first().unwrap();
        let (now, day) = (Instant::from_unix(1_795_399_398), Date::new(2026, 6, 30).unwrap());
        let period = Period { kind: pack.periods[0], from: day, to: day };
        let mut form =
            Assessment::blank(pack, AssessmentId::from_bits([7; 16]), period, now).unwrap();
        form.unit.name = "Chi bộ xóm 1".into();
        let submission = seal(pack, &form, &SecretKey::from_seed(&[7; 32]), now);
        let mut answers = Answers::default();
        let pair = |text: &str| (submission.to_text(), text.to_owned());
        answers.add(&[pair("one"), pair("two")]).unwrap();
        assert!(answers.add(&[("{}".into(), "three".into())]).is_err());
        let bytes = answers.finish().unwrap();
        let mut archive = Archive::open(Cursor::new(bytes), "a.zip".into()).unwrap();
        let mut found = Vec::new();
        while let Some(entry) = archive.next_entry() {
            found.push((entry.name, String::from_utf8(entry.content.unwrap()).unwrap()));
        }
        let name = format!("a.zip/{}", answer_name(&submission));
        let second = name.replace(".json", "-2.json");
        assert_eq!(found, [(name, "one".to_owned()), (second, "two".to_owned())]);
    }
}
