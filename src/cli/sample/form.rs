//! Fills a form: a good one first, then changed until the rules give the verdict of its profile.

use crate::form::{Assessment, GateAnswer, Vote, VoteMethod};
use crate::pack::{Effect, Gate, Item, Pack};
use crate::rules::{Evaluation, FormVerdict, Scope};

use super::answers::{answer, can_skip};
use super::facts::Facts;
use super::generator::Generator;
use super::periods::{Times, shift};
use super::phrases;
use super::profile::Profile;
use super::values::{Aim, Setting};

/// How often a good form is drawn until it is eligible, and a part of it until it fails.
const TRIES: usize = 8;

/// Fills the forms of one unit.
pub(super) struct Drafter<'a> {
    pack: &'a Pack,
    scope: &'a Scope,
    times: &'a Times,
}

impl<'a> Drafter<'a> {
    /// For a unit and a period.
    pub(super) fn new(pack: &'a Pack, scope: &'a Scope, times: &'a Times) -> Drafter<'a> {
        Drafter { pack, scope, times }
    }

    /// Fills a form. Where the pack does not allow the profile, the form has another verdict.
    pub(super) fn fill(&self, form: &mut Assessment, profile: Profile, generator: &mut Generator) {
        for _ in 0..TRIES {
            self.fill_well(form, generator);
            if self.verdict(form) == FormVerdict::Eligible {
                break;
            }
        }
        match profile {
            Profile::Eligible => self.spoil_a_little(form, generator),
            Profile::ItemNotMet => self.fail_items(form, true, generator),
            Profile::SomeNotMet => self.fail_items(form, false, generator),
            Profile::GateOpen => {
                if !self.open_gate(form, Effect::Fail, generator) {
                    self.fail_items(form, true, generator);
                }
            }
            Profile::Pending => {
                self.open_gate(form, Effect::Pending, generator);
            }
            Profile::VoteLost => {
                if !self.lose_vote(form, generator) {
                    self.fail_items(form, false, generator);
                }
            }
            Profile::Incomplete => self.leave_gaps(form, generator),
        }
        form.practices = phrases::practices(generator);
        form.remarks = phrases::remarks(self.verdict(form) == FormVerdict::Eligible, generator);
    }

    fn verdict(&self, form: &Assessment) -> FormVerdict {
        Evaluation::of(self.pack, form).verdict(self.pack, form)
    }

    fn items(&self) -> Vec<&'a Item> {
        Scope::belonging(&self.pack.items, &self.scope.items).collect()
    }

    /// The gates that a person declares.
    fn gates(&self) -> impl Iterator<Item = &'a Gate> {
        let gates = Scope::belonging(&self.pack.gates, &self.scope.gates);
        gates.filter(|gate| gate.items.is_empty())
    }

    fn answer(&self, form: &mut Assessment, item: &Item, aim: Aim, generator: &mut Generator) {
        let setting = Setting { pack: self.pack, scope: self.scope, form, times: self.times };
        let answer = answer(&setting, item, aim, generator);
        form.items.insert(item.id.clone(), answer);
    }

    fn fill_well(&self, form: &mut Assessment, generator: &mut Generator) {
        let facts = Facts::draw(self.pack, self.scope, self.times.months(), generator);
        form.facts = facts.values;
        for item in self.items() {
            let skip = can_skip(item) && generator.percent(4);
            let aim = if skip { Aim::NotApplicable } else { Aim::Met };
            self.answer(form, item, aim, generator);
        }
        for gate in self.gates() {
            let declared = self.declare_clear(gate, generator);
            form.gates.insert(gate.id.clone(), declared);
        }
        form.adjustments = Default::default();
        for adjustment in Scope::belonging(&self.pack.adjustments, &self.scope.adjustments) {
            let likely = if adjustment.points > 0 { 60 } else { 5 };
            if generator.percent(likely) {
                let times = generator.between(1, adjustment.max_times.min(3));
                form.adjustments.insert(adjustment.id.clone(), times);
            }
        }
        form.vote = self.pass_vote(facts.voters, generator);
    }

    /// A declaration that leaves the gate clear; sometimes by an exception or an old case.
    fn declare_clear(&self, gate: &Gate, generator: &mut Generator) -> GateAnswer {
        let mut declared = GateAnswer::default();
        if gate.allows_exception && generator.percent(4) {
            declared.open = true;
            declared.occurred = Some(self.times.day(generator));
            declared.excepted = true;
            declared.note = generator.phrase(&phrases::EXCEPTIONS);
        } else if generator.percent(1) {
            declared.open = true;
            declared.occurred = Some(shift(self.times.period.from, -generator.between(20, 200)));
        }
        declared
    }

    fn pass_vote(&self, voters: i64, generator: &mut Generator) -> Vote {
        let rule = self.pack.decision.vote.as_ref();
        if !rule.is_some_and(|rule| rule.required || generator.percent(50)) {
            return Vote::default();
        }
        let present = voters - generator.between(0, voters / 8);
        let in_favour = present - generator.between(0, present / 10);
        let is_open = generator.percent(60);
        let method = if is_open { VoteMethod::ShowOfHands } else { VoteMethod::SecretBallot };
        let mut vote = Vote {
            eligible: Some(voters),
            present: Some(present),
            in_favour: Some(in_favour),
            method: Some(method),
            date: Some(self.times.vote),
        };
        if !self.vote_passes(&vote) {
            vote.present = Some(voters);
            vote.in_favour = Some(voters);
        }
        vote
    }

    fn vote_passes(&self, vote: &Vote) -> bool {
        let rule = self.pack.decision.vote.as_ref().zip(vote.consistent());
        rule.is_some_and(|(rule, (eligible, present, in_favour))| {
            rule.passes(in_favour, rule.base(eligible, present))
        })
    }

    /// Takes votes away until the vote is lost; false where there is no vote to lose.
    fn lose_vote(&self, form: &mut Assessment, generator: &mut Generator) -> bool {
        let Some((_, present, _)) = form.vote.consistent() else {
            return false;
        };
        let mut in_favour = generator.between(present / 4, present / 2);
        form.vote.in_favour = Some(in_favour);
        while self.vote_passes(&form.vote) && in_favour > 0 {
            in_favour /= 2;
            form.vote.in_favour = Some(in_favour);
        }
        !self.vote_passes(&form.vote)
    }

    /// Opens one gate of this effect; false where there is none.
    fn open_gate(&self, form: &mut Assessment, effect: Effect, generator: &mut Generator) -> bool {
        let gates: Vec<_> = self.gates().filter(|gate| gate.effect == effect).collect();
        let Some(gate) = generator.pick(&gates) else {
            return false;
        };
        let mut day = self.times.day(generator);
        for _ in 0..TRIES {
            if gate.in_force.contains(day) {
                break;
            }
            day = self.times.day(generator);
        }
        let declared = GateAnswer { open: true, occurred: Some(day), ..GateAnswer::default() };
        form.gates.insert(gate.id.clone(), declared);
        true
    }

    /// Makes items not met until the form fails; the mandatory ones first, or last.
    fn fail_items(&self, form: &mut Assessment, mandatory_first: bool, generator: &mut Generator) {
        let mut items = self.items();
        generator.shuffle(&mut items);
        items.sort_by_key(|item| item.mandatory != mandatory_first);
        for item in items {
            if self.verdict(form) == FormVerdict::NotEligible {
                break;
            }
            self.answer(form, item, Aim::NotMet, generator);
        }
    }

    /// Makes up to two items not met, as far as the verdict stays.
    fn spoil_a_little(&self, form: &mut Assessment, generator: &mut Generator) {
        let items = self.items();
        for _ in 0..generator.between(0, 2) {
            let Some(item) = generator.pick(&items) else {
                return;
            };
            let before = form.items.get(&item.id).cloned();
            let verdict = self.verdict(form);
            self.answer(form, item, Aim::NotMet, generator);
            if self.verdict(form) != verdict {
                form.items.set(item.id.clone(), before);
            }
        }
    }

    /// Removes answers until the form is incomplete.
    fn leave_gaps(&self, form: &mut Assessment, generator: &mut Generator) {
        let items = self.items();
        let gates: Vec<_> = self.gates().collect();
        for _ in 0..TRIES {
            match generator.below(6) {
                0 => {
                    if let Some(gate) = generator.pick(&gates) {
                        form.gates.remove(&gate.id);
                    }
                }
                1 => form.vote = Vote::default(),
                2 => {
                    if let Some(fact) = generator.pick(&self.pack.facts) {
                        form.facts.remove(&fact.id);
                    }
                }
                _ => {
                    for _ in 0..generator.between(1, 3) {
                        if let Some(item) = generator.pick(&items) {
                            form.items.remove(&item.id);
                        }
                    }
                }
            }
            if self.verdict(form) == FormVerdict::Incomplete {
                break;
            }
        }
    }
}
