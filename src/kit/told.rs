//! What is told of a pack beyond its errors, as text: a worker finds it out, and the page shows it.

use serde::{Deserialize, Serialize};

use crate::form::Assessment;
use crate::json::{ReadError, from_slice, to_canonical};
use crate::kit::advice::Advice;
use crate::kit::findings::{Finding, Reachable};
use crate::kit::warning::Warning;
use crate::kit::{analyse, review};
use crate::pack::{Applies, Pack};

/// The most bytes of a text of it: a witness for each item of the largest pack.
const LIMIT: usize = 1 << 26;

/// What is told of a pack without errors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What is most likely not meant, and what was decided of whole forms.
    pub warnings: Vec<Finding<Warning>>,
    /// What choices cost.
    pub advice: Vec<Finding<Advice>>,
    /// For a level and type, a form that is eligible.
    pub samples: Vec<Sample>,
}

/// A form of a level and type that is eligible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// The level and the type.
    pub kind: Applies,
    /// The form, as text: most of them are never looked at.
    form: String,
}

impl Sample {
    fn new(kind: Applies, form: &Assessment) -> Sample {
        Sample { kind, form: to_canonical(form) }
    }

    /// The form.
    ///
    /// # Errors
    /// The text is not that of a form.
    pub fn form(&self) -> Result<Assessment, ReadError> {
        from_slice(self.form.as_bytes(), LIMIT)
    }
}

impl Told {
    /// All that is told of a pack; nothing where it has errors.
    pub fn of(pack: &Pack) -> Told {
        let review = review(pack);
        if !review.errors.is_empty() {
            return Told::default();
        }
        let analysis = analyse(pack);
        let mut warnings = review.warnings;
        warnings.extend(analysis.warnings(pack));
        let samples = analysis.reachable.into_iter().filter_map(|(kind, own)| match own {
            Reachable::Yes(form) => Some(Sample::new(kind, &form)),
            Reachable::No(_) | Reachable::Undecided => None,
        });
        Told { warnings, advice: review.advice, samples: samples.collect() }
    }

    /// As text.
    pub fn to_text(&self) -> String {
        to_canonical(self)
    }

    /// Reads the text.
    ///
    /// # Errors
    /// It is not such a text.
    pub fn from_text(text: &[u8]) -> Result<Told, ReadError> {
        from_slice(text, LIMIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::findings::{Obstacle, Worse};
    use crate::kit::warning::Part;
    use crate::pack::Comparison;
    use crate::pack::catalog::Catalog;
    use crate::rules::FormVerdict;
    use crate::value::Id;

    #[test]
    fn what_is_told_of_the_built_in_packs_reads_back() {
        for pack in Catalog::built_in().unwrap().packs() {
            let told = Told::of(pack);
            assert!(!told.samples.is_empty() && !told.advice.is_empty(), "{}", pack.id);
            for sample in &told.samples {
                let form = sample.form().unwrap();
                assert_eq!(crate::rules::outcome(pack, &form).verdict, FormVerdict::Eligible);
            }
            assert_eq!(Told::from_text(told.to_text().as_bytes()), Ok(told));
        }
    }

    #[test]
    fn findings_with_all_that_they_hold_read_back() {
        let id = || Id::new("a").unwrap();
        let packs = Catalog::built_in().unwrap();
        let sample = Told::of(&packs.packs()[0]).samples.remove(0);
        let (kind, form) = (sample.kind.clone(), sample.form().unwrap());
        let verdict =
            Worse::Verdict { before: FormVerdict::Pending, after: FormVerdict::NotEligible };
        let band = Worse::Band { before: Some(id()), after: None };
        let both = |how| Warning::NotMonotone {
            item: id(),
            how,
            before: Box::new(form.clone()),
            after: Box::new(form.clone()),
        };
        let obstacles = vec![
            Obstacle::Checks,
            Obstacle::GateItem { gate: None, item: id() },
            Obstacle::Band { band: id(), floor_bp: 9000, most_bp: 1 },
            Obstacle::Together { facts: vec![id()] },
        ];
        let warnings = [
            Warning::NoEnglish,
            Warning::InNoForm { part: Part::Gate, id: id() },
            Warning::NoItem { criterion: id(), kinds: vec![kind.clone()] },
            Warning::NeverEligible { kind, obstacles },
            both(verdict),
            both(band),
            both(Worse::Points { before: 3, after: 2 }),
        ];
        let find = |what| Finding { pointer: "/items/0".to_owned(), what };
        let (op, item) = (Comparison::Gt, id());
        let advice = Advice::Boundary { item, op, percent: 85, part: 17, whole: 20 };
        let advice = vec![
            Finding { pointer: String::new(), what: advice },
            Finding { pointer: "/items".into(), what: Advice::PointsInform },
        ];
        let warnings = warnings.map(find).to_vec();
        let told = Told { warnings, advice, samples: Vec::new() };
        assert_eq!(Told::from_text(told.to_text().as_bytes()), Ok(told));
    }
}
