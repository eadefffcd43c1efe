//! Where the three large squares of a code may be: dark and light as 1:1:3:1:1, in every direction.

use crate::scan::picture::Bits;

/// Most squares that are looked at in a picture; a full sheet has eighteen.
const MOST: usize = 150;
/// Most rows in which a square is noted.
const HITS: u32 = 1000;

/// The middle of a square, in pixels, and the side of one cell of its code.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finder {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) cell: f64,
    hits: u32,
}

/// Do five runs look like the middle of such a square?
fn is_square(runs: [f64; 5]) -> bool {
    let cell = runs.iter().sum::<f64>() / 7.0;
    let fits = |run: f64, cells: f64| (run - cells * cell).abs() < 0.5 * cells * cell + 0.5;
    cell >= 1.0 && fits(runs[2], 3.0) && [0, 1, 3, 4].iter().all(|place| fits(runs[*place], 1.0))
}

/// The square through this pixel in a direction: how far its middle is from there in steps, and how many steps it is
/// wide.
fn across(bits: &Bits, at: (i64, i64), step: (i64, i64), most: f64) -> Option<(f64, f64)> {
    let side = |sign: i64| {
        let mut runs = [0.0; 3];
        let (mut x, mut y) = at;
        for (run, dark) in runs.iter_mut().zip([true, false, true]) {
            loop {
                (x, y) = (x + sign * step.0, y + sign * step.1);
                if !bits.holds(x, y) || bits.at(x, y) != dark {
                    break;
                }
                *run += 1.0;
                if *run > most {
                    return None;
                }
            }
            // The step that left this run is the first of the next one.
            (x, y) = (x - sign * step.0, y - sign * step.1);
        }
        Some(runs)
    };
    if !bits.at(at.0, at.1) {
        return None;
    }
    let (before, after) = (side(-1)?, side(1)?);
    let stone = before[0] + 1.0 + after[0];
    let runs = [before[2], before[1], stone, after[1], after[2]];
    // From the middle of one dark line to that of the other: six cells, however much the toner has spread.
    let six = before[2] / 2.0 + before[1] + stone + after[1] + after[2] / 2.0;
    is_square(runs).then(|| ((after[0] - before[0]) / 2.0, six / 6.0 * 7.0))
}

/// The squares of a picture, those that most rows saw first.
pub(super) fn find(bits: &Bits) -> Vec<Finder> {
    let mut found: Vec<Finder> = Vec::new();
    for y in (0..bits.height()).step_by(2) {
        let mut runs = [0.0; 5];
        let mut dark = false;
        for x in 0..=bits.width() {
            if bits.at(x, y) == dark && x < bits.width() {
                runs[4] += 1.0;
                continue;
            }
            if dark && is_square(runs) {
                let middle = x as f64 - runs[4] - runs[3] - runs[2] / 2.0;
                note(bits, &mut found, middle as i64, y, runs.iter().sum());
            }
            dark = !dark;
            runs.rotate_left(1);
            runs[4] = 1.0;
        }
    }
    found.retain(|finder| finder.hits > 1);
    found.sort_by_key(|finder| std::cmp::Reverse(finder.hits));
    found.truncate(MOST);
    found
}

/// Notes a square that a row saw, where the other directions see it too.
fn note(bits: &Bits, found: &mut Vec<Finder>, x: i64, y: i64, wide: f64) {
    let most = wide;
    let Some((up, high)) = across(bits, (x, y), (0, 1), most) else {
        return;
    };
    let y = y + up.round() as i64;
    let Some((left, wide)) = across(bits, (x, y), (1, 0), most) else {
        return;
    };
    let x = x + left.round() as i64;
    let is_even = (wide - high).abs() < 0.4 * wide.max(high);
    if !is_even || across(bits, (x, y), (1, 1), most).is_none() {
        return;
    }
    let cell = (wide + high) / 14.0;
    let (x, y) = (x as f64 + 0.5, y as f64 + 0.5);
    let known = found
        .iter_mut()
        .find(|own| (own.x - x).abs() < 2.0 * cell && (own.y - y).abs() < 2.0 * cell);
    match known {
        Some(own) if own.hits < HITS => {
            let mean =
                |old: f64, new: f64| (old * f64::from(own.hits) + new) / f64::from(own.hits + 1);
            (own.x, own.y, own.cell) = (mean(own.x, x), mean(own.y, y), mean(own.cell, cell));
            own.hits += 1;
        }
        Some(_) => {}
        None => found.push(Finder {
            x,
            y,
            cell,
            hits: 1,
        }),
    }
}
