//! The units that are to file: their list is read, kept and taken away; the worker says how each of them stands.

use std::rc::Rc;

use leptos::prelude::*;

use super::shared::{Desk, ENTRIES, Failed};
use crate::app::host::desk_worker::DeskWorker;
use crate::app::host::{self, File, settings};
use crate::app::state::signals::SetIfChanged;
use crate::app::state::units::{Found, ListState, Reading, UnitFilter, UnitsState, unit_key};
use crate::desk::register::{
    ListedUnit, PackPeriod, Settling, TableError, UnitChoice, UnitLine, UnitStandings, UnitsReply,
    UnitsTask,
};
use crate::store::{PaperDay, UnitSettings};
use crate::value::Date;

/// Milliseconds in which what is to be printed is drawn.
const TO_DRAW: i32 = 100;
/// The setting with the list that is being typed. It is written at once, so that a page that closes loses no letter.
const TYPED: &str = "bon-tot/units-typed";

/// Looks how the units stand, now that the register is read or has changed.
pub async fn look(desk: Rc<Desk>) {
    let units = &desk.units;
    // One at a time: what was asked last counts.
    units.asks_again.set(true);
    if units.asks.replace(true) {
        return;
    }
    while units.asks_again.replace(false) {
        if let Err(failed) = settle(&desk).await {
            desk.fail(failed);
        }
    }
    units.asks.set(false);
}

async fn settle(desk: &Desk) -> Result<(), Failed> {
    let (device, state) = (&desk.app.device, &desk.units.state);
    if !desk.units.knows_settings.get() {
        let settings = device.unit_settings().await?;
        state.period.set_if_changed(settings.period.clone());
        state.settings.set_if_changed(settings);
        desk.units.knows_settings.set(true);
    }
    let list = device.unit_list().await?;
    let has_list = list.is_some();
    let settling = Settling {
        list,
        trust: device.trust_list().await?.to_text(),
        deadline: state.settings.with_untracked(|settings| settings.deadline),
        period: state.period.get_untracked(),
    };
    let book = desk.book().await?;
    let list = desk.units.lists.get();
    let standings = match book.units(UnitsTask::Settle(settling)).await? {
        (UnitsReply::Settled(standings), _) => standings,
        (UnitsReply::ListUnread, _) => {
            state.list.set_if_changed(ListState::Unread);
            state.found.set(Some(Rc::new(Found::default())));
            return Ok(());
        }
        _ => return Err(Failed::Worker),
    };
    let period = state.period.get_untracked();
    let is_there = |own: &PackPeriod| standings.periods.iter().any(|(known, _)| known == own);
    if period.as_ref().is_some_and(|own| !is_there(own)) {
        // Its files were taken out of the register: the choice does not offer it.
        state.period.set(None);
        desk.units.asks_again.set(true);
        return Ok(());
    }
    let lines = lines(&book, &standings).await?;
    let papers = state.settings.with_untracked(|settings| {
        let own = settings.papers.iter().filter(|paper| paper.period == period);
        own.map(|paper| (paper.unit.clone(), paper.day)).collect()
    });
    state.copied.set_if_changed(None);
    state.list.set_if_changed(if has_list { ListState::Kept } else { ListState::Nothing });
    state.found.set(Some(Rc::new(Found::new(standings, lines, list, papers))));
    Ok(())
}

async fn lines(book: &DeskWorker, standings: &UnitStandings) -> Result<Vec<UnitLine>, Failed> {
    let mut lines = Vec::with_capacity(standings.units);
    while lines.len() < standings.units {
        match book.units(UnitsTask::Lines(lines.len(), ENTRIES)).await? {
            (UnitsReply::Lines(some), _) if !some.is_empty() => lines.extend(some),
            _ => return Err(Failed::Worker),
        }
    }
    Ok(lines)
}

/// Reads a file with a list.
pub async fn read_file(desk: Rc<Desk>, file: File) {
    read(&desk, async |desk| Ok(desk.book().await?.unit_file(&file).await?)).await;
}

/// What a person typed or copied, and has not been taken.
pub fn typed() -> String {
    settings::get(TYPED).unwrap_or_default()
}

/// Keeps what a person types.
pub fn note_typed(text: &str) {
    settings::set(TYPED, text);
}

/// Reads what a person typed or copied.
pub async fn read_typed(desk: Rc<Desk>, text: String) {
    let typed = async |desk: &Desk| {
        let read = answer(desk, UnitsTask::Typed(text)).await?;
        desk.units.reads_typed.set(true);
        Ok(read)
    };
    read(&desk, typed).await;
}

/// Makes a list of the units that filed in a period, or in any.
pub async fn read_filed(desk: Rc<Desk>, period: Option<PackPeriod>) {
    read(&desk, async |desk| answer(desk, UnitsTask::Filed(period)).await).await;
}

/// Reads another sheet of the same file.
pub async fn read_sheet(desk: Rc<Desk>, sheet: usize) {
    read(&desk, async |desk| answer(desk, UnitsTask::Sheet(sheet)).await).await;
}

async fn read(desk: &Desk, answer: impl AsyncFnOnce(&Desk) -> Result<UnitsReply, Failed>) {
    let state = &desk.units.state;
    if state.reads.get_untracked() {
        return;
    }
    state.reads.set_if_changed(true);
    desk.units.reads_typed.set(false);
    match answer(desk).await {
        Ok(UnitsReply::Preview(preview)) => {
            let preview = Rc::new(preview);
            state.preview.set(Some(preview.clone()));
            state.reading.set(Some(Reading::Preview(preview)));
        }
        Ok(UnitsReply::Refused(error)) => refuse(state, error),
        Ok(_) => desk.fail(Failed::Worker),
        Err(failed) => desk.fail(failed),
    }
    state.reads.set_if_changed(false);
    host::focus_soon("desk-units-preview");
}

fn refuse(state: &UnitsState, error: TableError) {
    state.preview.set(None);
    state.reading.set(Some(Reading::Refused(error)));
}

async fn answer(desk: &Desk, task: UnitsTask) -> Result<UnitsReply, Failed> {
    let book = desk.book().await?;
    Ok(book.units(task).await?.0)
}

/// Reads the same list in another way.
pub async fn choose(desk: Rc<Desk>, choice: UnitChoice) {
    match answer(&desk, UnitsTask::Choose(choice)).await {
        Ok(UnitsReply::Preview(preview)) => desk.units.state.preview.set(Some(Rc::new(preview))),
        Ok(_) => desk.fail(Failed::Worker),
        Err(failed) => desk.fail(failed),
    }
}

/// Leaves the list that was read.
pub fn leave(desk: &Desk) {
    desk.units.state.preview.set(None);
    desk.units.state.reading.set(None);
}

/// Takes the list that was read, in place of the one that is kept.
pub async fn take(desk: Rc<Desk>) {
    let was_typed = desk.units.reads_typed.get();
    let taken = async {
        let book = desk.book().await?;
        match book.units(UnitsTask::Take).await? {
            (UnitsReply::Taken(_), Some(text)) => keep(&desk, Some(text)).await,
            _ => Err(Failed::Worker),
        }
    };
    match taken.await {
        Ok(()) => {
            if was_typed {
                note_typed("");
            }
            leave(&desk);
            host::focus_soon("desk-units-title");
            look(desk).await;
        }
        Err(failed) => desk.fail(failed),
    }
}

async fn keep(desk: &Desk, list: Option<String>) -> Result<(), Failed> {
    let before = desk.app.device.keep_unit_list(list).await?;
    let state = &desk.units.state;
    desk.units.lists.set(desk.units.lists.get() + 1);
    state.before.set(Some(before.map(Rc::from)));
    state.paper_of.set_if_changed(None);
    // Parents and types of the other list.
    state.filter.set_if_changed(UnitFilter::default());
    state.page.set_if_changed(0);
    Ok(())
}

/// Takes the list away.
pub async fn remove(desk: Rc<Desk>) {
    match keep(&desk, None).await {
        Ok(()) => {
            host::focus_soon("desk-units-title");
            look(desk).await;
        }
        Err(failed) => desk.fail(failed),
    }
}

/// Brings the list back that was kept before the last change.
pub async fn bring_back(desk: Rc<Desk>) {
    let Some(before) = desk.units.state.before.get_untracked() else { return };
    match keep(&desk, before.map(|text| text.to_string())).await {
        Ok(()) => {
            host::focus_soon("desk-units-title");
            look(desk).await;
        }
        Err(failed) => desk.fail(failed),
    }
}

/// Keeps what a person set; another deadline and paper change how units stand.
pub async fn set(desk: Rc<Desk>, change: impl FnOnce(&mut UnitSettings)) {
    let state = &desk.units.state;
    let before = state.settings.get_untracked();
    let mut settings = before.clone();
    change(&mut settings);
    if settings == before {
        return;
    }
    state.settings.set_if_changed(settings.clone());
    match desk.app.device.keep_unit_settings(&settings).await {
        Ok(()) if settings.deadline != before.deadline || settings.papers != before.papers => {
            look(desk).await;
        }
        Ok(()) => {}
        Err(error) => desk.fail(error.into()),
    }
}

/// Looks at another period.
pub async fn look_at(desk: Rc<Desk>, period: Option<PackPeriod>) {
    desk.units.state.period.set_if_changed(period.clone());
    desk.units.state.paper_of.set_if_changed(None);
    set(desk.clone(), move |settings| settings.period = period).await;
    look(desk).await;
}

/// Says when a unit handed in the paper of the period that is looked at, or takes that back.
pub async fn hand_in(desk: Rc<Desk>, unit: Rc<ListedUnit>, day: Option<Date>) {
    let period = desk.units.state.period.get_untracked();
    let unit = unit_key(&unit);
    set(desk, move |settings| {
        settings.papers.retain(|paper| paper.period != period || paper.unit != unit);
        settings.papers.extend(day.map(|day| PaperDay { period, unit, day }));
    })
    .await;
}

/// Copies a list of reminders.
pub async fn copy(desk: Rc<Desk>, field: &'static str, text: String) {
    let is_copied = host::copy(field, &text).await;
    desk.units.state.copied.set(Some(is_copied));
}

/// Prints the list of reminders.
pub fn print(desk: &Desk) {
    desk.units.state.prints.set(true);
    host::later(TO_DRAW, host::print);
}
