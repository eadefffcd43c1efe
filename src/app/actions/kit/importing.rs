//! A table becomes criteria: a worker reads the file, a person looks at what would come of it, and begins the pack.

use std::rc::Rc;

use leptos::prelude::*;

use super::{Kit, begin};
use crate::app::host::desk_worker::{DeskWorker, DeskWorkerError, Loaded};
use crate::app::host::{self, File};
use crate::app::state::importing::Stage;
use crate::app::state::signals::SetIfChanged;
use crate::json::{PACK_LIMIT, parse};
use crate::kit::import::{Answer, Choice, FileError, Made, Seen};
use crate::pack::Term;
use crate::value::{Digest, Id, Version, search_key};

/// The id of a pack of which no other is known.
const ID: &str = "bo-tieu-chi-moi";
/// The first version.
const VERSION: &str = "0.1.0";
/// The most characters of an id.
const ID_LENGTH: usize = 40;

/// The id that a pack of a file gets, unless a person says another one.
fn id_of(file: &str) -> Option<Id> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let name = search_key(name.rsplit_once('.').map_or(name, |(name, _)| name));
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id: String = words.collect::<Vec<_>>().join("-").chars().take(ID_LENGTH).collect();
    Id::new(id.trim_end_matches('-')).or_else(|| Id::new(ID))
}

/// Reads a file.
pub async fn read_table(kit: Rc<Kit>, file: File) {
    let own = &kit.state.import;
    if matches!(own.stage.get_untracked(), Stage::Reading) {
        return;
    }
    let name = host::path_of(&file);
    let Some((id, version)) = id_of(&name).zip(Version::new(VERSION)) else { return };
    let choice = Choice::new(id, version);
    own.file.set(name);
    own.units.set(String::new());
    own.stage.set(Stage::Reading);
    own.choice.set(Some(choice.clone()));
    let stage = match ask(&kit, &choice, Some(&file)).await {
        Ok(Ok(seen)) => {
            kit.note_choice(|choice| choice.sheet = Some(seen.sheet));
            Stage::Seen(Rc::new(seen))
        }
        Ok(Err(error)) => Stage::Refused(error),
        Err(DeskWorkerError) => Stage::NoWorker,
    };
    own.stage.set(stage);
    host::focus_soon("kit-import-title");
}

async fn ask(
    kit: &Kit,
    choice: &Choice,
    file: Option<&File>,
) -> Result<Result<Seen, FileError>, DeskWorkerError> {
    let worker = kit.sheets.borrow().clone();
    let worker = match (worker, file) {
        (Some(worker), _) => worker,
        // What the last worker had read ended with it.
        (None, None) => return Err(DeskWorkerError),
        (None, Some(_)) => {
            let worker = Rc::new(DeskWorker::load(Loaded::Sheets).await?);
            kit.sheets.replace(Some(worker.clone()));
            worker
        }
    };
    let answered = match choice.to_bytes() {
        Some(choice) => worker.table(&choice, file).await,
        None => Err(DeskWorkerError),
    };
    let answer = answered.and_then(|bytes| Answer::from_bytes(&bytes).ok_or(DeskWorkerError));
    if answer.is_err() {
        kit.sheets.take();
    }
    Ok(answer?.0)
}

/// Looks again at the table that was read, by what a person says of it now.
pub async fn look_again(kit: Rc<Kit>) {
    let own = &kit.state.import;
    // One at a time: what was said last counts.
    if own.is_busy.get_untracked() {
        return;
    }
    own.is_busy.set(true);
    while let Some(choice) = own.choice.get_untracked() {
        let answer = ask(&kit, &choice, None).await;
        if own.choice.get_untracked().as_ref() == Some(&choice) {
            own.stage.set(match answer {
                Ok(Ok(seen)) => Stage::Seen(Rc::new(seen)),
                Ok(Err(error)) => Stage::Refused(error),
                Err(DeskWorkerError) => Stage::NoWorker,
            });
            break;
        }
    }
    own.is_busy.set(false);
}

/// Begins the pack that is made of the table by what a person says of it now.
pub async fn begin_table(kit: Rc<Kit>) {
    look_again(kit.clone()).await;
    let Stage::Seen(seen) = kit.state.import.stage.get_untracked() else { return };
    let made: Option<&Made> = seen.made.as_ref().ok();
    let pack = made.and_then(|made| parse(made.pack.as_bytes(), PACK_LIMIT).ok());
    if let Some(pack) = pack {
        kit.leave_table();
        begin(kit, pack).await;
    }
}

impl Kit {
    /// Leaves the table that was read.
    pub fn leave_table(&self) {
        self.sheets.take();
        self.state.import.choice.set(None);
        self.state.import.stage.set(Stage::Nothing);
    }

    /// Notes what a person says of the table. Looks at nothing: see [`look_again`].
    pub fn note_choice(&self, change: impl FnOnce(&mut Choice)) {
        let choice = &self.state.import.choice;
        let Some(mut now) = choice.get_untracked() else { return };
        change(&mut now);
        choice.set_if_changed(Some(now));
    }

    /// Takes the levels and types of a known pack for the table; without one, one for every unit.
    pub fn take_units(&self, digest: &str) {
        let packs = self.app.device.packs();
        let pack = Digest::parse(digest).and_then(|digest| packs.by_digest(&digest).cloned());
        let terms = |own: Option<&Vec<Term>>| {
            let own = own.into_iter().flatten();
            let term = |own: &Term| (own.id.clone(), own.label.vi.clone(), own.label.en.clone());
            own.map(term).collect()
        };
        let pack = pack.as_deref();
        self.note_choice(|choice| {
            choice.levels = terms(pack.map(|pack| &pack.levels));
            choice.types = terms(pack.map(|pack| &pack.types));
        });
        self.state.import.units.set(digest.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_is_called_as_its_file() {
        let known = [
            ("Bảng điểm chi bộ 2026.xlsx", "bang-diem-chi-bo-2026"),
            ("thư mục/Tiêu chí (mới).csv", "tieu-chi-moi"),
            ("....csv", ID),
            ("Đ.csv", "d"),
        ];
        for (file, id) in known {
            assert_eq!(id_of(file).unwrap(), *id, "{file}");
        }
        assert_eq!(id_of(&"a ".repeat(50)).unwrap().as_str().len(), 39);
    }
}
