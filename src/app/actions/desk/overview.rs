//! The sum of what was received, in a worker that keeps it while it is looked at.

use std::rc::Rc;

use leptos::prelude::*;

use super::shared::{Desk, Failed};
use crate::app::state::desk::DeskState;
use crate::app::state::overview::OverviewState;
use crate::app::state::signals::SetIfChanged;
use crate::desk::register::{Focus, Reply, Task};

/// Sums everything up that is received, and shows what is looked at. One that begins later goes before.
pub async fn sum_up(desk: Rc<Desk>) {
    sum(desk, false).await;
}

/// As [`sum_up`], and the worker can give the forms one by one where that is wanted.
pub(super) async fn sum(desk: Rc<Desk>, with_forms: bool) {
    let turn = desk.sums.begin();
    let summed = async {
        let worker = desk.worker().await?;
        desk.each_record(&worker, Task::Write).await?;
        desk.each_answer(&worker, Task::WriteAppraisals).await?;
        match worker.ask(&Task::Sum(with_forms)).await? {
            Reply::Done => Ok(Rc::new(worker)),
            _ => Err(Failed::Worker),
        }
    };
    let summed = summed.await;
    if !desk.sums.is_at(turn) {
        return;
    }
    match summed {
        Ok(worker) => {
            desk.sums.keep(worker);
            show(desk).await;
        }
        Err(failed) => desk.fail(failed),
    }
}

/// Looks at something else.
pub async fn look_at(desk: Rc<Desk>, change: impl FnOnce(&mut Focus)) {
    let mut focus = desk.state.overview.focus.get_untracked();
    change(&mut focus);
    desk.state.overview.focus.set_if_changed(focus);
    show(desk).await;
}

async fn show(desk: Rc<Desk>) {
    let DeskState { overview: OverviewState { focus, shown, .. }, .. } = &desk.state;
    let Some(worker) = desk.sums.worker() else { return };
    let asked = focus.get_untracked();
    match worker.ask(&Task::Overview(asked.clone())).await {
        Ok(Reply::Overview(own)) => {
            // A person may look at something else already.
            if focus.get_untracked() == asked && desk.sums.worker().is_some() {
                shown.set(Some(Rc::new(*own)));
            }
        }
        _ => desk.fail(Failed::Worker),
    }
}

/// Forgets the sum: nobody looks at it.
pub fn leave(desk: &Desk) {
    desk.sums.end();
    desk.state.overview.shown.set(None);
}
