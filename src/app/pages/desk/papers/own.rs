//! What the parts of the section share.

use leptos::prelude::*;

use crate::app::pages::desk::page::Page;
use crate::app::state::papers::PapersState;
use crate::app::text::{PaperWords, Papers};
use crate::seal::AppraisalDecision;
use crate::store::{PaperKind, PaperSettings};
use crate::value::shown;

/// What the parts of the section share.
#[derive(Clone)]
pub(super) struct Own {
    pub(super) page: Page,
    /// The page in Vietnamese, in which papers are.
    pub(super) vi: Page,
    pub(super) p: &'static Papers,
    pub(super) w: &'static PaperWords,
}

impl Own {
    pub(super) fn state(&self) -> &PapersState {
        &self.page.desk.state.papers
    }

    pub(super) fn kind(&self) -> PaperKind {
        self.state().kind.get()
    }

    /// What a person filled in.
    pub(super) fn settings(&self) -> PaperSettings {
        self.state().settings.get().unwrap_or_default()
    }

    /// Is there a paper to print?
    pub(super) fn has_paper(&self) -> bool {
        let Some(made_of) = self.state().made_of.get() else { return false };
        match self.kind() {
            PaperKind::List => made_of.listed(self.state().scope.get()).next().is_some(),
            PaperKind::Summary | PaperKind::Letter => !made_of.forms.is_empty(),
            PaperKind::Minutes | PaperKind::Returned => {
                let unit = self.state().unit.get();
                let is_there = units(self).iter().any(|(key, _)| *key == unit);
                is_there && self.state().appraised.with(Option::is_some)
            }
        }
    }
}

/// The units of which there is such a paper, by the keys of their forms.
pub(super) fn units(own: &Own) -> Vec<(String, String)> {
    let Some(made_of) = own.state().made_of.get() else { return Vec::new() };
    let kind = own.kind();
    let forms = made_of.forms.iter().filter(|form| match kind {
        PaperKind::Returned => {
            form.decision.is_some_and(|(own, _)| own == AppraisalDecision::Returned)
        }
        _ => form.decision.is_some(),
    });
    let name = |text: &str| match text {
        "" => own.w.no_name.to_owned(),
        text => shown(text).into_owned(),
    };
    forms
        .map(|form| (form.key.clone(), format!("{} – {}", name(&form.unit), name(&form.parent))))
        .collect()
}
