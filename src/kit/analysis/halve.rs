//! The last way to split a system: a variable of a form that may still leave the range decided for it is halved. Before
//! that, forms that share variables are held against each other.

use crate::kit::analysis::domain::Domain;
use crate::kit::analysis::eliminate::{Row, contradict};
use crate::kit::analysis::solve::{Cut, Solver};

/// The most forms that are looked at together.
const NEAR: usize = 8;

impl Solver<'_> {
    /// The ways to halve a variable of a form that may still leave the range decided for it; `None` where none may.
    pub fn halve(&self, tight: &mut usize) -> Option<Vec<Cut>> {
        let is_loose = |form: usize| {
            self.is_cut[form] && {
                let (least, most) = self.reach(&self.system.forms[form].terms);
                let (lo, hi) = self.bounds[form];
                least < lo || hi < most
            }
        };
        // Where all requirements hold, what was once within its range stays there.
        while *tight < self.system.forms.len() && !is_loose(*tight) {
            *tight += 1;
        }
        let form = self.system.forms.get(*tight)?;
        let near = self.near(*tight);
        // One form alone was propagated.
        if near.len() > 1 && contradict(self.rows(near)) {
            return Some(Vec::new());
        }
        let width = |var: usize| self.domains[var].hi - self.domains[var].lo;
        let vars = form.terms.iter().map(|(var, _)| *var).filter(|var| width(*var) > 0);
        let var = vars.min_by_key(|var| width(*var))?;
        let Domain { lo, hi, .. } = self.domains[var];
        let middle = lo + (hi - lo) / 2;
        Some(vec![Cut::Number(var, middle + 1, hi), Cut::Number(var, lo, middle)])
    }

    /// A form and those that share variables with it and of which something was decided, some of them.
    fn near(&self, first: usize) -> Vec<usize> {
        let mut near = vec![first];
        let mut at = 0;
        while let Some(form) = near.get(at).copied() {
            at += 1;
            for (var, _) in &self.system.forms[form].terms {
                let others = self.system.forms_of[*var].iter();
                let others = others.filter(|other| self.is_cut[**other]);
                let new: Vec<usize> =
                    others.filter(|other| !near.contains(other)).copied().collect();
                near.extend(new.into_iter().take(NEAR.saturating_sub(near.len())));
            }
        }
        near
    }

    /// What was decided of some forms, as rows.
    fn rows(&self, near: Vec<usize>) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut vars = Vec::new();
        let mut both = |terms: &[(usize, i128)], (lo, hi): (i128, i128)| {
            let negative = terms.iter().map(|(var, factor)| (*var, -factor)).collect();
            rows.push(Row { terms: terms.to_vec(), most: hi });
            rows.push(Row { terms: negative, most: -lo });
        };
        for form in near {
            let terms = &self.system.forms[form].terms;
            // A form with a blank in it has no value.
            if terms.iter().all(|(var, _)| self.domains[*var].given && !self.domains[*var].blank) {
                both(terms, self.bounds[form]);
                vars.extend(terms.iter().map(|(var, _)| *var));
            }
        }
        vars.sort_unstable();
        vars.dedup();
        for var in vars {
            let Domain { lo, hi, .. } = self.domains[var];
            both(&[(var, 1)], (i128::from(lo), i128::from(hi)));
        }
        rows
    }
}
