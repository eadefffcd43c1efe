//! A register that a worker writes: rows and appraisals come in parts, and what is written is judged as a whole.

use std::collections::BTreeMap;

use super::changes::Said;
use super::{
    AppraisalStatus, Appraisals, Export, KeptAppraisal, MemoryError, MemoryShelf, Received,
    Register, Reply, Row, RowError, Task,
};
use crate::desk::TrustList;
use crate::seal::AppraisalContent;
use crate::value::{Date, Digest};

/// A register that is being written.
pub struct Writing {
    trust: TrustList,
    /// The keys that decide here: their thumbprints and names.
    own: Vec<(String, String)>,
    day: Option<Date>,
    export: Export,
    register: Register<MemoryShelf>,
    appraisals: Appraisals,
    /// What they say, by the keys of their records.
    contents: BTreeMap<String, (Digest, AppraisalContent)>,
}

impl Default for Writing {
    fn default() -> Writing {
        Writing {
            trust: TrustList::default(),
            own: Vec::new(),
            day: None,
            export: Export::Ndjson,
            register: Register::new(MemoryShelf::default()),
            appraisals: Appraisals::default(),
            contents: BTreeMap::new(),
        }
    }
}

impl Writing {
    /// The trust list by which it is judged.
    pub fn trust(&self) -> &TrustList {
        &self.trust
    }

    /// The keys that decide here: their thumbprints and names.
    pub fn own(&self) -> &[(String, String)] {
        &self.own
    }

    /// The day of this place; nothing before it was told.
    pub fn day(&self) -> Option<Date> {
        self.day
    }

    /// Does a task of writing, or begins by a trust list; `None` for any other. What is written is a text of its own.
    pub fn answer(&mut self, task: &Task) -> Option<(Reply, Option<String>)> {
        let reply = match task {
            Task::Begin { trust, own, day, .. } => {
                self.day = Some(*day);
                self.own.clone_from(own);
                done(TrustList::from_bytes(trust.as_bytes()).map(|trust| self.trust = trust))
            }
            Task::Export(export) => {
                self.export = *export;
                self.register = Register::new(MemoryShelf::default());
                self.appraisals = Appraisals::default();
                self.contents.clear();
                Reply::Done
            }
            Task::Write(records) => done(self.write(records)),
            Task::WriteAppraisals(records) => done(self.write_appraisals(records)),
            Task::Written => {
                return Some(match self.written() {
                    Ok(text) => (Reply::Done, Some(text)),
                    Err(error) => (Reply::Failed(error.to_string()), None),
                });
            }
            _ => return None,
        };
        Some((reply, None))
    }

    fn write(&mut self, records: &[String]) -> Result<(), MemoryError> {
        for record in records {
            let Received { row, deputies, .. } = Received::from_text(record)?;
            if let Some(form) = row.digest {
                for kid in deputies {
                    self.appraisals.deputy(form, kid);
                }
            }
            self.register.add::<MemoryError>(row)?;
        }
        Ok(())
    }

    fn write_appraisals(&mut self, records: &[String]) -> Result<(), MemoryError> {
        for record in records {
            let kept = KeptAppraisal::from_text(record).map_err(RowError::from)?;
            let appraisal = kept.appraisal().map_err(RowError::from)?;
            let key = kept.key();
            self.appraisals.add(&key, &appraisal);
            self.contents.insert(key, (appraisal.digest(), appraisal.content().clone()));
        }
        Ok(())
    }

    /// The register with what came so far.
    pub fn register(&self) -> &Register<MemoryShelf> {
        &self.register
    }

    /// The register with revocations and decisions, which is not kept any longer.
    ///
    /// # Errors
    /// The shelf failed.
    pub fn take(&mut self) -> Result<Register<MemoryShelf>, MemoryError> {
        Ok(self.take_with_said()?.0)
    }

    /// The same, with what the appraisals say that count.
    ///
    /// # Errors
    /// The shelf failed.
    pub(super) fn take_with_said(&mut self) -> Result<(Register<MemoryShelf>, Said), MemoryError> {
        let new = Register::new(MemoryShelf::default());
        let mut register = std::mem::replace(&mut self.register, new);
        register.revoke::<MemoryError>(&self.trust)?;
        self.appraisals.decided_by(self.own.iter().cloned());
        let found = register.decide::<MemoryError>(&self.appraisals, &self.trust)?;
        let mut said = Said::default();
        for (key, (digest, content)) in std::mem::take(&mut self.contents) {
            if found.get(&key) == Some(&AppraisalStatus::Counts) {
                said.add(digest, content);
            }
        }
        Ok((register, said))
    }

    /// The register as text.
    fn written(&mut self) -> Result<String, MemoryError> {
        let register = self.take()?;
        let columns = register.columns();
        let is_csv = self.export == Export::Csv;
        let mut text = if is_csv { columns.csv_head() } else { String::new() };
        register.rows::<MemoryError>(|settled| {
            if is_csv {
                text.push_str(&columns.csv_line(&Row::from_line(&settled.line)?));
            } else {
                text.push_str(&settled.line);
            }
            Ok(())
        })?;
        Ok(text)
    }
}

/// It is done, or why not.
pub(super) fn done<T, E: std::fmt::Display>(result: Result<T, E>) -> Reply {
    result.map_or_else(|error| Reply::Failed(error.to_string()), |_| Reply::Done)
}
