//! Decides a system by branch and prune: bounds of every linear form and variable are propagated, conditions are
//! evaluated over what may still be (Kleene's logic over sets of truth values), and what stands open is split at the
//! threshold of a comparison, at last by halving a variable. Exact, and it ends: each split makes a domain smaller. A
//! budget of steps bounds the time; where it ends the answer is [`Answer::Undecided`].

use crate::kit::analysis::domain::{Domain, FAR, UNKNOWN, down, truths, up};
use crate::kit::analysis::system::{Atom, System, mask, open_atom};

/// Whether something exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer<T> {
    /// It does: this.
    Yes(T),
    /// It does not.
    No,
    /// The budget ended before it was decided.
    Undecided,
}

/// Steps that may still be taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget(pub u64);

impl Budget {
    /// Takes some steps; false where they are used up.
    fn take(&mut self, steps: u64) -> bool {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// The value of each variable; `None` is blank. A choice is its index.
pub(super) type Point = Vec<Option<i64>>;

/// One way to make a domain smaller.
#[derive(Clone, Copy)]
pub(super) enum Cut {
    Blank(usize),
    Given(usize),
    Set(usize, u128),
    Number(usize, i64, i64),
    Form(usize, i128, i128),
}

enum Undo {
    Domain(usize, Domain),
    Bounds(usize, (i128, i128)),
}

struct Split {
    /// How much to keep of what was done.
    done: usize,
    /// The ways that are left, the next one last.
    cuts: Vec<Cut>,
    at: At,
}

/// How far a branch has come.
#[derive(Clone, Copy, Default)]
struct At {
    /// The requirements before this one hold.
    held: usize,
    /// The forms before this one cannot leave their ranges any more.
    tight: usize,
}

pub(super) struct Solver<'a> {
    pub system: &'a System,
    pub domains: Vec<Domain>,
    /// What each form may be, by its variables and by the comparisons that were decided.
    pub bounds: Vec<(i128, i128)>,
    /// Forms of which a comparison was decided.
    pub is_cut: Vec<bool>,
    undo: Vec<Undo>,
    queue: Vec<usize>,
    is_queued: Vec<bool>,
}

/// A solution of the system, if there is one.
pub(super) fn solve(system: &System, budget: &mut Budget) -> Answer<Point> {
    if system.is_too_wide {
        return Answer::Undecided;
    }
    let forms = system.forms.len();
    let mut solver = Solver {
        system,
        domains: system.domains.clone(),
        bounds: vec![(-FAR, FAR); forms],
        is_cut: vec![false; forms],
        undo: Vec::new(),
        queue: (0..forms).collect(),
        is_queued: vec![true; forms],
    };
    if solver.domains.iter().any(Domain::is_empty) {
        return Answer::No;
    }
    solver.run(budget)
}

impl Solver<'_> {
    fn run(&mut self, budget: &mut Budget) -> Answer<Point> {
        let mut splits: Vec<Split> = Vec::new();
        let mut at = At::default();
        loop {
            if !budget.take(1) {
                return Answer::Undecided;
            }
            let cuts = match self.propagate(budget) {
                None => return Answer::Undecided,
                Some(false) => Some(Vec::new()),
                Some(true) => self.next(&mut at),
            };
            match cuts {
                None => return Answer::Yes(self.point()),
                Some(cuts) => splits.push(Split { done: self.undo.len(), cuts, at }),
            }
            loop {
                let Some(split) = splits.last_mut() else {
                    return Answer::No;
                };
                let (done, back) = (split.done, split.at);
                let cut = split.cuts.pop();
                self.restore(done);
                at = back;
                match cut {
                    None => splits.pop(),
                    Some(cut) if self.cut(cut) => break,
                    Some(_) => continue,
                };
            }
        }
    }

    /// The ways to split what stands open: none where the requirements cannot hold; `None` where all is decided.
    fn next(&self, at: &mut At) -> Option<Vec<Cut>> {
        let atom = |own: usize| self.atom(own);
        while let Some(requirement) = self.system.requirements.get(at.held) {
            let may_be = mask(&requirement.node, &atom);
            if may_be & requirement.allowed == 0 {
                return Some(Vec::new());
            }
            if may_be & !requirement.allowed != 0 {
                let open = open_atom(&requirement.node, &atom);
                return Some(open.map(|own| self.split(own)).unwrap_or_default());
            }
            at.held += 1;
        }
        self.halve(&mut at.tight)
    }

    /// The truth values that an atom may still have.
    fn atom(&self, own: usize) -> u8 {
        let either = |domain: &Domain, may_be: u8| match (domain.blank, domain.given) {
            (_, false) => UNKNOWN,
            (true, true) => may_be | UNKNOWN,
            (false, true) => may_be,
        };
        let none = Domain::choice(0);
        let domain = |var: &usize| self.domains.get(*var).unwrap_or(&none);
        match &self.system.atoms[own] {
            Atom::Within { vars, form, lo, hi, within } => {
                let (least, most) = self.bounds[*form];
                let inside = least <= *hi && *lo <= most && lo <= hi;
                let outside = least < *lo || *hi < most || lo > hi;
                let (inside, outside) = if *within { (inside, outside) } else { (outside, inside) };
                let may_be = truths(inside, outside);
                vars.iter().map(domain).fold(may_be, |may_be, own| {
                    if may_be == UNKNOWN { may_be } else { either(own, may_be) }
                })
            }
            Atom::Among { var, set } => {
                let own = domain(var);
                either(own, truths(own.set & set != 0, own.set & !set != 0))
            }
            Atom::Given { var } => {
                let own = domain(var);
                truths(own.given, own.blank)
            }
        }
    }

    /// The ways to decide an atom that stands open, the first to try last.
    fn split(&self, own: usize) -> Vec<Cut> {
        let open = |var: &&usize| self.domains.get(**var).is_some_and(Domain::may_be_either);
        let blank_or_given = |var: &usize| vec![Cut::Blank(*var), Cut::Given(*var)];
        match &self.system.atoms[own] {
            Atom::Within { vars, form, lo, hi, .. } => match vars.iter().find(open) {
                Some(var) => blank_or_given(var),
                None if lo > hi => Vec::new(),
                None => vec![
                    Cut::Form(*form, -FAR, lo - 1),
                    Cut::Form(*form, hi + 1, FAR),
                    Cut::Form(*form, *lo, *hi),
                ],
            },
            Atom::Among { var, set } => match Some(var).filter(open) {
                Some(var) => blank_or_given(var),
                None => vec![Cut::Set(*var, !set), Cut::Set(*var, *set)],
            },
            Atom::Given { var } => blank_or_given(var),
        }
    }

    /// The values of a form by its variables.
    pub fn reach(&self, terms: &[(usize, i128)]) -> (i128, i128) {
        terms.iter().fold((0, 0), |(least, most), (var, factor)| {
            let (low, high) = self.part(*var, *factor);
            (least + low, most + high)
        })
    }

    fn part(&self, var: usize, factor: i128) -> (i128, i128) {
        let domain = &self.domains[var];
        let (lo, hi) = (i128::from(domain.lo) * factor, i128::from(domain.hi) * factor);
        (lo.min(hi), lo.max(hi))
    }

    /// Makes a domain smaller; false where nothing is left.
    fn cut(&mut self, cut: Cut) -> bool {
        let mut changed = match cut {
            Cut::Form(form, lo, hi) => {
                self.is_cut[form] = true;
                return self.bound(form, lo, hi);
            }
            Cut::Blank(var) | Cut::Given(var) | Cut::Set(var, _) | Cut::Number(var, ..) => {
                self.domains[var]
            }
        };
        let var = match cut {
            Cut::Blank(var) => {
                changed.given = false;
                var
            }
            Cut::Given(var) => {
                changed.blank = false;
                var
            }
            Cut::Set(var, set) => {
                changed.set &= set;
                var
            }
            Cut::Number(var, lo, hi) => {
                (changed.lo, changed.hi) = (changed.lo.max(lo), changed.hi.min(hi));
                var
            }
            Cut::Form(..) => return true,
        };
        self.narrow(var, changed)
    }

    fn narrow(&mut self, var: usize, domain: Domain) -> bool {
        if self.domains[var] != domain {
            self.undo.push(Undo::Domain(var, self.domains[var]));
            self.domains[var] = domain;
            for form in &self.system.forms_of[var] {
                if !std::mem::replace(&mut self.is_queued[*form], true) {
                    self.queue.push(*form);
                }
            }
        }
        !domain.is_empty()
    }

    /// Decides that a form lies within some bounds; false where nothing is left.
    fn bound(&mut self, form: usize, lo: i128, hi: i128) -> bool {
        let old = self.bounds[form];
        let can = self.tighten(form, lo, hi);
        if self.bounds[form] != old && !std::mem::replace(&mut self.is_queued[form], true) {
            self.queue.push(form);
        }
        can
    }

    /// As [`Solver::bound`], without looking at its variables later.
    fn tighten(&mut self, form: usize, lo: i128, hi: i128) -> bool {
        let old = self.bounds[form];
        let new = (old.0.max(lo), old.1.min(hi));
        if new != old {
            self.undo.push(Undo::Bounds(form, old));
            self.bounds[form] = new;
        }
        new.0 <= new.1
    }

    fn restore(&mut self, done: usize) {
        for form in self.queue.drain(..) {
            self.is_queued[form] = false;
        }
        while self.undo.len() > done {
            match self.undo.pop() {
                Some(Undo::Domain(var, old)) => self.domains[var] = old,
                Some(Undo::Bounds(form, old)) => self.bounds[form] = old,
                None => return,
            }
        }
    }

    /// Narrows forms by their variables and variables by their forms until nothing changes; false where nothing is left,
    /// `None` where the budget ended.
    fn propagate(&mut self, budget: &mut Budget) -> Option<bool> {
        while let Some(form) = self.queue.pop() {
            self.is_queued[form] = false;
            let terms = &self.system.forms[form].terms;
            if !budget.take(1 + terms.len() as u64) {
                return None;
            }
            // A form with a blank in it has no value.
            if terms.iter().any(|(var, _)| !self.domains[*var].given) {
                continue;
            }
            let (least, most) = self.reach(terms);
            if !self.tighten(form, least, most) {
                return Some(false);
            }
            // Nothing was decided of it that its variables do not keep by themselves.
            if self.bounds[form] == (least, most) {
                continue;
            }
            if terms.iter().any(|(var, _)| self.domains[*var].blank) {
                continue;
            }
            let (lo, hi) = self.bounds[form];
            for (var, factor) in terms {
                let (low, high) = self.part(*var, *factor);
                // What is left for this term once the others are as small, or as large, as they can be.
                let (high_left, low_left) = (hi - (least - low), lo - (most - high));
                let (from, to) = if *factor > 0 {
                    (up(low_left, *factor), down(high_left, *factor))
                } else {
                    (up(-high_left, -*factor), down(-low_left, -*factor))
                };
                let mut domain = self.domains[*var];
                let clamp =
                    |value: i128| value.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
                domain.lo = domain.lo.max(clamp(from));
                domain.hi = domain.hi.min(clamp(to));
                if !self.narrow(*var, domain) {
                    return Some(false);
                }
            }
        }
        Some(true)
    }

    /// Any point of what is left.
    fn point(&self) -> Point {
        let value = |domain: &Domain| {
            let choice = || i64::from(domain.set.trailing_zeros());
            let value = if domain.set == u128::MAX { domain.lo } else { choice() };
            domain.given.then_some(value)
        };
        self.domains.iter().map(value).collect()
    }
}
