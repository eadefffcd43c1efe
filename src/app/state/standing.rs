//! What the list of sections and the verdict show.

use leptos::prelude::*;

use crate::app::state::signals::SetIfChanged;
use crate::rules::{CriterionVerdict, FormVerdict};
use crate::session::{Progress, Section, Session};

/// Verdicts and progress, each a signal: a change of the form notifies only those that differ.
pub struct Standing {
    /// The verdict of the form.
    pub verdict: ArcRwSignal<FormVerdict>,
    /// Is nothing missing?
    pub is_complete: ArcRwSignal<bool>,
    /// Items answered.
    pub items: ArcRwSignal<Progress>,
    criteria: Vec<(ArcRwSignal<CriterionVerdict>, ArcRwSignal<Progress>)>,
    sections: Vec<(Section, ArcRwSignal<Option<Progress>>)>,
}

impl Standing {
    /// The standing of a form.
    pub fn of(session: &Session) -> Standing {
        let criteria = 0..session.pack().criteria.len();
        let criterion =
            |_| (ArcRwSignal::new(CriterionVerdict::Incomplete), ArcRwSignal::default());
        let sections = criteria.clone().map(Section::Criterion);
        let sections = sections.chain([Section::Unit, Section::Gates, Section::Vote]);
        let standing = Standing {
            verdict: ArcRwSignal::new(FormVerdict::Incomplete),
            is_complete: ArcRwSignal::default(),
            items: ArcRwSignal::default(),
            criteria: criteria.map(criterion).collect(),
            sections: sections.map(|section| (section, ArcRwSignal::default())).collect(),
        };
        standing.refresh(session);
        standing.refresh_sections(session);
        standing
    }

    /// Takes over a change of the form, but for the sections.
    pub fn refresh(&self, session: &Session) {
        self.verdict.set_if_changed(session.verdict());
        self.is_complete.set_if_changed(session.missing().next().is_none());
        self.items.set_if_changed(session.item_progress());
        for (index, (verdict, progress)) in self.criteria.iter().enumerate() {
            let own = session.criterion_verdict(index);
            verdict.set_if_changed(own.unwrap_or(CriterionVerdict::Incomplete));
            progress
                .set_if_changed(session.progress(Section::Criterion(index)).unwrap_or_default());
        }
    }

    /// Takes over how far each section is filled.
    pub fn refresh_sections(&self, session: &Session) {
        for (section, progress) in &self.sections {
            progress.set_if_changed(session.progress(*section));
        }
    }

    /// The verdict of a criterion, by its index in the pack; a reactive read.
    pub fn criterion(&self, index: usize) -> CriterionVerdict {
        self.criteria.get(index).map_or(CriterionVerdict::Incomplete, |(verdict, _)| verdict.get())
    }

    /// How many items of a criterion are answered, by its index in the pack; a reactive read.
    pub fn answered(&self, index: usize) -> Progress {
        self.criteria.get(index).map(|(_, progress)| progress.get()).unwrap_or_default()
    }

    /// The progress of a section; a reactive read. `None` where it has no questions to count.
    pub fn progress(&self, section: Section) -> Option<Progress> {
        self.sections.iter().find(|(own, _)| *own == section)?.1.get()
    }
}
