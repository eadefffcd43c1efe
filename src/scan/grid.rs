//! The cells of a code, from its three large squares: how many there are, where each is, and whether it is dark.

use crate::scan::decode::Cells;
use crate::scan::finder::Finder;
use crate::scan::picture::Bits;

/// Most places of the last small square that are tried.
const CANDIDATES: usize = 4;

type Point = (f64, f64);

/// Three squares that may be the corners of a code: top left, top right, bottom left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corners {
    pub(super) corners: [Finder; 3],
    /// How many cells a side has, by the line of alternating cells.
    pub(super) side: usize,
    /// How far it is from what it should look like.
    pub(super) doubt: f64,
}

fn between(from: &Finder, to: &Finder) -> Point {
    (to.x - from.x, to.y - from.y)
}

fn length((x, y): Point) -> f64 {
    x.hypot(y)
}

/// The corners, where the squares lie and alternate as those of a code do.
pub(super) fn corners(bits: &Bits, corner: &Finder, a: &Finder, b: &Finder) -> Option<Corners> {
    let cells = [corner.cell, a.cell, b.cell];
    let (least, most) = cells
        .iter()
        .fold((f64::MAX, 0.0), |(least, most): (f64, f64), cell| {
            (least.min(*cell), most.max(*cell))
        });
    if most > 1.5 * least {
        return None;
    }
    let (to_a, to_b) = (between(corner, a), between(corner, b));
    let (far_a, far_b) = (length(to_a), length(to_b));
    let dot = (to_a.0 * to_b.0 + to_a.1 * to_b.1) / (far_a * far_b);
    let uneven = (far_a - far_b).abs() / far_a.max(far_b);
    // Also false where something is no number.
    if !(dot.abs() < 0.3 && uneven < 0.25) {
        return None;
    }
    let turns_right = to_a.0 * to_b.1 - to_a.1 * to_b.0 > 0.0;
    let corners = if turns_right {
        [*corner, *a, *b]
    } else {
        [*corner, *b, *a]
    };
    let guess = [1, 2].map(|to| {
        let way = between(&corners[0], &corners[to]);
        let cell = cell_along(bits, &corners[0], way) + cell_along(bits, &corners[to], way);
        length(way) / cell + 3.5
    });
    let guess = guess[0] + guess[1];
    if !(15.0..200.0).contains(&guess) {
        return None;
    }
    let counted = [(1, 2), (2, 1)].map(|(to, across)| alternations(bits, &corners, to, across));
    let side = counted.iter().sum::<f64>() / 2.0 + 15.0;
    let version = ((side - 17.0) / 4.0).round().clamp(1.0, 40.0);
    let exact = 4.0 * version + 17.0;
    let off = |counted: &f64| (counted + 15.0 - exact).abs();
    let doubt = counted.iter().map(off).sum::<f64>() / exact;
    let is_likely = (guess - exact).abs() < 3.0 + 0.12 * exact && doubt < 0.15;
    is_likely.then_some(Corners {
        corners,
        side: exact as usize,
        doubt: doubt + uneven + dot.abs(),
    })
}

/// How long a cell of a square is in one direction, which perspective makes differ: the middles of the dark lines
/// around the square are three cells from its own.
fn cell_along(bits: &Bits, square: &Finder, way: Point) -> f64 {
    let (x, y) = (way.0 / length(way), way.1 / length(way));
    let most = (square.cell * 12.0) as i32;
    let line = |sign: f64| {
        let mut edges = Vec::new();
        let mut last = true;
        for half in 0..most {
            let far = f64::from(half) / 2.0;
            let dark = bits.near((square.x + sign * far * x, square.y + sign * far * y));
            if dark != last {
                last = dark;
                edges.push(far);
            }
            if let [_, from, to] = edges[..] {
                return Some((from + to) / 2.0);
            }
        }
        None
    };
    match (line(1.0), line(-1.0)) {
        (Some(after), Some(before)) => (after + before) / 6.0,
        _ => square.cell,
    }
}

/// How often dark and light alternate on the line of cells that leads from the first corner to another one.
fn alternations(bits: &Bits, corners: &[Finder; 3], to: usize, across: usize) -> f64 {
    let [first, ..] = corners;
    let (along, aside) = (
        between(first, &corners[to]),
        between(first, &corners[across]),
    );
    let step = |at: &Finder, way: Point| {
        let part = cell_along(bits, at, way) / length(way);
        (way.0 * part, way.1 * part)
    };
    let (a, b) = (step(first, along), step(first, aside));
    let (c, d) = (step(&corners[to], along), step(&corners[to], aside));
    // From the light cell beside one square to the one beside the other; both lie about three cells towards the third,
    // and no line near them alternates as often.
    let end = &corners[to];
    let aside = || [-2i32, -1, 0, 1, 2].map(|fifths| 3.0 + f64::from(fifths) / 5.0);
    let lines = aside()
        .into_iter()
        .flat_map(|near| aside().map(|far| (near, far)));
    let counts = lines.map(|(near, far)| {
        let from = (
            first.x + 4.0 * a.0 + near * b.0,
            first.y + 4.0 * a.1 + near * b.1,
        );
        let until = (end.x - 4.0 * c.0 + far * d.0, end.y - 4.0 * c.1 + far * d.1);
        changes(bits, from, until, length(a))
    });
    counts.fold(0.0, f64::max)
}

/// How often dark and light change on a line.
fn changes(bits: &Bits, from: Point, until: Point, cell: f64) -> f64 {
    let way = (until.0 - from.0, until.1 - from.1);
    let steps = (length(way) / cell * 4.0).clamp(1.0, 2000.0) as usize;
    let (mut count, mut is_dark, mut others) = (0.0, false, 0);
    for step in 0..=steps {
        let part = step as f64 / steps as f64;
        let dark = bits.near((from.0 + part * way.0, from.1 + part * way.1));
        // One step alone is dust.
        others = if dark == is_dark { 0 } else { others + 1 };
        if others == 2 {
            (is_dark, others) = (dark, 0);
            count += 1.0;
        }
    }
    count
}

/// A projection of the plane: what becomes of (x, y) is ((ax + by + c) / w, (dx + ey + f) / w) with w = gx + hy + 1.
struct Projection([f64; 8]);

impl Projection {
    /// The one that takes four points to four others.
    fn new(pairs: [(Point, Point); 4]) -> Option<Projection> {
        let mut rows = [[0.0; 9]; 8];
        for (place, ((x, y), (u, v))) in pairs.into_iter().enumerate() {
            rows[2 * place] = [x, y, 1.0, 0.0, 0.0, 0.0, -x * u, -y * u, u];
            rows[2 * place + 1] = [0.0, 0.0, 0.0, x, y, 1.0, -x * v, -y * v, v];
        }
        for column in 0..8 {
            let best = (column..8)
                .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
            rows.swap(column, best);
            let head = rows[column];
            if head[column].abs() < 1e-9 {
                return None;
            }
            for (place, row) in rows.iter_mut().enumerate() {
                if place != column {
                    let times = row[column] / head[column];
                    row.iter_mut()
                        .zip(head)
                        .for_each(|(own, other)| *own -= times * other);
                }
            }
        }
        let mut all = [0.0; 8];
        for (place, value) in all.iter_mut().enumerate() {
            *value = rows[place][8] / rows[place][place];
        }
        Some(Projection(all))
    }

    fn at(&self, (x, y): Point) -> Point {
        let [a, b, c, d, e, f, g, h] = self.0;
        let w = g * x + h * y + 1.0;
        ((a * x + b * y + c) / w, (d * x + e * y + f) / w)
    }
}

/// The rows and columns in which the small squares of a code with this side lie (ISO/IEC 18004, annex E).
pub(super) fn lines(side: usize) -> Vec<usize> {
    let version = (side - 17) / 4;
    if version == 1 {
        return vec![6, side - 7];
    }
    let count = version / 7 + 2;
    let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
    let mut places: Vec<_> = (0..count - 1).map(|n| side - 7 - n * step).collect();
    places.push(6);
    places.reverse();
    places
}

/// How many of 25 cells are as in a small square, whose middle is here.
fn likeness(bits: &Bits, at: Point, along: Point, down: Point) -> usize {
    let cells = (-2i32..=2).flat_map(|row| (-2i32..=2).map(move |column| (column, row)));
    let fits = cells.filter(|(column, row)| {
        let (x, y) = (f64::from(*column), f64::from(*row));
        let cell = (
            at.0 + x * along.0 + y * down.0,
            at.1 + x * along.1 + y * down.1,
        );
        bits.near(cell) == (column.abs().max(row.abs()) != 1)
    });
    fits.count()
}

/// The places around a point, up to so many cells away, in steps of a part of a cell.
fn around(reach: i32, parts: f64) -> impl Iterator<Item = (f64, f64)> {
    let rows = (-reach..=reach).flat_map(move |y| (-reach..=reach).map(move |x| (x, y)));
    rows.map(move |(x, y)| (f64::from(x) / parts, f64::from(y) / parts))
}

/// The middles of what looks like a small square up to so many cells from where it should be, the likeliest first.
fn small_squares(bits: &Bits, about: Point, along: Point, down: Point, reach: f64) -> Vec<Point> {
    const ENOUGH: usize = 21;
    let aside = |from: Point, (x, y): (f64, f64)| {
        (
            from.0 + x * along.0 + y * down.0,
            from.1 + x * along.1 + y * down.1,
        )
    };
    let mut all: Vec<(f64, (f64, f64))> = around((reach * 3.0) as i32, 3.0)
        .filter_map(|off| {
            let like = likeness(bits, aside(about, off), along, down);
            let worth = like as f64 - 3.0 * off.0.hypot(off.1) / reach;
            (like >= ENOUGH).then_some((worth, off))
        })
        .collect();
    all.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut apart: Vec<(f64, f64)> = Vec::new();
    for (_, (x, y)) in all {
        let is_new = apart.iter().all(|(a, b)| (x - a).hypot(y - b) > 2.0);
        if is_new && apart.len() < CANDIDATES {
            apart.push((x, y));
        }
    }
    // The middle of all places around that look as good as the best one.
    let middle = |off: (f64, f64)| {
        let near = around(2, 4.0).map(|(x, y)| aside(about, (off.0 + x, off.1 + y)));
        let alike: Vec<_> = near
            .map(|at| (likeness(bits, at, along, down), at))
            .collect();
        let most = alike.iter().map(|(like, _)| *like).max();
        let best = alike.iter().filter(|(like, _)| Some(*like) == most);
        let (x, y, count) = best.fold((0.0, 0.0, 0.0), |(x, y, count), (_, at)| {
            (x + at.0, y + at.1, count + 1.0)
        });
        (x / count, y / count)
    };
    apart.into_iter().map(middle).collect()
}

/// What the cells of the code at these corners may be: for each place in which its last small square may lie, and for
/// a picture without perspective.
pub(super) fn grids(bits: &Bits, found: &Corners) -> impl Iterator<Item = Cells> {
    let Corners {
        corners: [first, right, below],
        side,
        ..
    } = found;
    let wide = *side as f64;
    let unit = |(x, y): Point| (x / (wide - 7.0), y / (wide - 7.0));
    let (along, down) = (unit(between(first, right)), unit(between(first, below)));
    let away = wide - 10.0;
    let plain = (
        first.x + away * (along.0 + down.0),
        first.y + away * (along.1 + down.1),
    );
    let mut places = Vec::new();
    if *side > 21 {
        places = small_squares(bits, plain, along, down, 3.0 + wide / 8.0);
    }
    places.push(plain);
    places
        .into_iter()
        .filter_map(move |last| cells(bits, found, last, along, down))
}

/// The cells of the code at these corners, with its last small square there.
fn cells(bits: &Bits, found: &Corners, last_at: Point, along: Point, down: Point) -> Option<Cells> {
    let Corners { corners, side, .. } = found;
    let [first, right, below] = corners;
    let wide = *side as f64;
    let (near, far) = (3.5, wide - 3.5);
    let last = wide - 6.5;
    let project = Projection::new([
        ((near, near), (first.x, first.y)),
        ((far, near), (right.x, right.y)),
        ((near, far), (below.x, below.y)),
        ((last, last), last_at),
    ])?;
    // The small squares say where the paper is not flat; what lies between them follows.
    let places = lines(*side);
    let count = places.len();
    let middle = |place: usize| places[place] as f64 + 0.5;
    let mut nodes = vec![(0.0, 0.0); count * count];
    let mut off = (0.0, 0.0);
    for row in 0..count {
        for column in 0..count {
            let at = (middle(column), middle(row));
            let plain = project.at(at);
            let step = |dx: f64, dy: f64| {
                let (x, y) = project.at((at.0 + dx, at.1 + dy));
                (x - plain.0, y - plain.1)
            };
            let is_large = (row == 0 || column == 0) && [0, count - 1].contains(&row.max(column));
            let guess = (plain.0 + off.0, plain.1 + off.1);
            let seen = (*side > 21 && !is_large)
                .then(|| small_squares(bits, guess, step(1.0, 0.0), step(0.0, 1.0), 1.5))
                .and_then(|places| places.first().copied());
            let node = match seen {
                Some(seen) => {
                    off = (seen.0 - plain.0, seen.1 - plain.1);
                    seen
                }
                None => plain,
            };
            nodes[row * count + column] = node;
        }
        off = (0.0, 0.0);
    }
    let place = |at: usize| {
        let after = places.partition_point(|place| *place <= at);
        let before = after.clamp(1, count - 1) - 1;
        let (from, to) = (places[before] as f64, places[before + 1] as f64);
        (before, (at as f64 - from) / (to - from))
    };
    let dark = |x: usize, y: usize| {
        let ((column, u), (row, v)) = (place(x), place(y));
        let node = |dx: usize, dy: usize| nodes[(row + dy) * count + column + dx];
        let mix =
            |a: Point, b: Point, part: f64| (a.0 + part * (b.0 - a.0), a.1 + part * (b.1 - a.1));
        let upper = mix(node(0, 0), node(1, 0), u);
        let lower = mix(node(0, 1), node(1, 1), u);
        let at = mix(upper, lower, v);
        let votes = [(0.0, 0.0), (0.2, 0.0), (-0.2, 0.0), (0.0, 0.2), (0.0, -0.2)];
        let votes = votes.iter().filter(|(x, y)| {
            bits.near((
                at.0 + x * along.0 + y * down.0,
                at.1 + x * along.1 + y * down.1,
            ))
        });
        votes.count() >= 3
    };
    Some(Cells::new(*side, dark))
}
