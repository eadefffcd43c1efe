//! Whether linear inequalities contradict each other, by eliminating one variable after the other (Fourier and Motzkin).
//! Bounds alone see such a contradiction only point by point.

/// A sum that is at most a number.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Variables with their factors, in order.
    pub terms: Vec<(usize, i128)>,
    pub most: i128,
}

/// The most rows that are looked at.
const LIMIT: usize = 256;

/// Is there no solution? False where there is one, or where it is too much to tell.
pub(super) fn contradict(mut rows: Vec<Row>) -> bool {
    loop {
        if rows.iter().any(|row| row.terms.is_empty() && row.most < 0) {
            return true;
        }
        rows.retain(|row| !row.terms.is_empty());
        let count = |var: usize, sign: i128| {
            let has = |row: &&Row| factor(row, var).signum() == sign;
            rows.iter().filter(has).count()
        };
        let vars = rows.iter().flat_map(|row| &row.terms).map(|(var, _)| *var);
        let Some(var) = vars.min_by_key(|var| count(*var, 1) * count(*var, -1)) else {
            return false;
        };
        let (with, mut rest): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| factor(row, var) != 0);
        let (above, below): (Vec<Row>, Vec<Row>) =
            with.into_iter().partition(|row| factor(row, var) > 0);
        if rest.len() + above.len() * below.len() > LIMIT {
            return false;
        }
        for one in &above {
            for other in &below {
                let Some(row) = without(one, other, var) else { return false };
                rest.push(row);
            }
        }
        rows = rest;
    }
}

fn factor(row: &Row, var: usize) -> i128 {
    row.terms.iter().find(|(own, _)| *own == var).map_or(0, |(_, factor)| *factor)
}

/// The sum of two rows in which a variable cancels out; `None` where the numbers grow too large.
fn without(above: &Row, below: &Row, var: usize) -> Option<Row> {
    let (by_above, by_below) = (-factor(below, var), factor(above, var));
    let mut terms: Vec<(usize, i128)> = Vec::new();
    for (row, by) in [(above, by_above), (below, by_below)] {
        for (own, factor) in &row.terms {
            let part = factor.checked_mul(by)?;
            match terms.iter_mut().find(|(other, _)| other == own) {
                Some((_, sum)) => *sum = sum.checked_add(part)?,
                None => terms.push((*own, part)),
            }
        }
    }
    terms.retain(|(_, factor)| *factor != 0);
    let most = above.most.checked_mul(by_above)?.checked_add(below.most.checked_mul(by_below)?)?;
    let divisor = terms.iter().fold(0, |divisor, (_, factor)| gcd(divisor, factor.abs())).max(1);
    terms.iter_mut().for_each(|(_, factor)| *factor /= divisor);
    // Whole numbers times whole numbers are at most the whole part.
    Some(Row { terms, most: most.div_euclid(divisor) })
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(terms: &[(usize, i128)], most: i128) -> Row {
        Row { terms: terms.to_vec(), most }
    }

    #[test]
    fn a_share_is_not_both_at_most_85_and_more_than_95_per_cent() {
        let both = |least: i128| {
            vec![
                row(&[(0, 20), (1, -17), (2, 17)], 0),
                row(&[(0, -20), (1, 19), (2, -19)], -1),
                row(&[(0, 1), (1, -1), (2, 1)], 0),
                row(&[(0, -1)], -least),
            ]
        };
        assert!(contradict(both(0)));
        assert!(!contradict(both(0)[..1].to_vec()));
        // Without the check the whole may be below 0.
        let mut rows = both(-100);
        rows.remove(2);
        assert!(!contradict(rows));
    }

    #[test]
    fn halves_are_no_whole_numbers() {
        // 2x + 4y = 1 + 2z is told by its divisor once the rest is eliminated.
        let rows = [row(&[(0, 2)], 1), row(&[(0, -2)], -1)];
        assert!(!contradict(vec![rows[0].clone()]));
        assert!(contradict(vec![row(&[(0, 1)], 0), row(&[(0, -2)], -1)]));
    }
}
