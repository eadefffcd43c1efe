//! Which rows are criteria and which are their items: by numbering, by points, and by what stands below.

use super::amount::Amount;
use super::columns::Role;
use super::finding::{Doubt, Reason};
use super::grid::Grid;
use super::lines::{Line, Lines, Points};
use super::mark::{self, Mark};
use super::preview::Notes;

/// A criterion with its items.
#[derive(Debug)]
pub(super) struct Section {
    /// Its row; `None` where the table has no headings.
    pub heading: Option<Line>,
    pub items: Vec<Entry>,
}

/// An item.
#[derive(Debug)]
pub(super) struct Entry {
    pub line: Line,
    /// Words that belong to it: headings above it, rows below it.
    pub help: Vec<String>,
}

/// A row with those that stand below it.
struct Node {
    line: Line,
    depth: u16,
    below: Vec<Node>,
}

/// The criteria of a table, and what of it is left out.
pub(super) fn sections(
    found: Lines,
    grid: &Grid,
    has_points: bool,
    notes: &mut Notes,
) -> Vec<Section> {
    let Lines { lines, totals } = found;
    let mut nodes = tree(with_depths(lines, grid, notes));
    // A heading over all criteria is none.
    while let [only] = &nodes[..]
        && !only.below.is_empty()
        && only.below.iter().all(|node| node.is_heading() && !node.below.is_empty())
    {
        for node in std::mem::take(&mut nodes) {
            node.check_sums(notes);
            notes.leave_out(grid, node.line.row, Reason::WholeTable);
            nodes.extend(node.below);
        }
    }
    let mut outline = Outline { grid, has_points, notes, sections: Vec::new() };
    let has_headings = nodes.iter().any(Node::is_heading);
    for node in nodes {
        outline.top(node, has_headings);
    }
    let sections = outline.sections;
    check_totals(&sections, &totals, notes);
    sections
}

/// Rows with how deep they stand.
fn with_depths(lines: Vec<Line>, grid: &Grid, notes: &mut Notes) -> Vec<(u16, Line)> {
    let followed = |place: usize| lines.get(place + 1).is_some_and(|next| next.has_points());
    // Where headings are numbered, a row without a number is none.
    let are_numbered = lines.iter().enumerate().any(|(place, line)| {
        line.mark
            .as_ref()
            .is_some_and(|mark| mark.depth <= mark::ROMAN || !line.has_points() && followed(place))
    });
    let depths: Vec<u16> = lines
        .iter()
        .enumerate()
        .map(|(place, line)| match &line.mark {
            Some(Mark { depth, .. }) => *depth,
            None if line.has_points() => mark::PLAIN,
            None if !are_numbered && followed(place) => mark::PLAIN_HEADING,
            None => mark::WORDS,
        })
        .collect();
    let mut rows = Vec::new();
    let mut criterion: Option<String> = None;
    for (line, depth) in lines.into_iter().zip(depths) {
        if line.criterion.is_none() {
            // Words behind a gap belong to no row above, such as who signs.
            if depth == mark::WORDS && line.is_after_gap {
                notes.leave_out(grid, line.row, Reason::Words);
            } else {
                rows.push((depth.saturating_add(u16::from(criterion.is_some())), line));
            }
            continue;
        }
        let own = line.criterion.clone();
        if own != criterion || line.is_criterion_only {
            let heading = heading_of(&line);
            criterion = own;
            rows.push((mark::PART, heading));
        }
        if !line.is_criterion_only {
            rows.push((depth.saturating_add(1), line));
        }
    }
    rows
}

/// The heading that the column of criteria gives.
fn heading_of(line: &Line) -> Line {
    let text = line.criterion.clone().unwrap_or_default();
    let (mark, label) = match mark::before(&text) {
        Some((mark, rest)) => (Some(mark), rest.to_owned()),
        None => (None, text),
    };
    let own = line.is_criterion_only;
    Line {
        row: line.row,
        mark: if own { line.mark.clone().or(mark) } else { mark },
        label: super::lines::one_line(&label),
        points: if own { line.points } else { Points::None },
        criterion: None,
        is_criterion_only: true,
        is_after_gap: line.is_after_gap,
        others: if own { line.others.clone() } else { Vec::new() },
    }
}

fn tree(rows: Vec<(u16, Line)>) -> Vec<Node> {
    let mut top: Vec<Node> = Vec::new();
    // The nodes that are still open, each deeper than the one before.
    let mut open: Vec<Node> = Vec::new();
    for (depth, line) in rows {
        while open.last().is_some_and(|last| last.depth >= depth) {
            close(&mut open, &mut top);
        }
        open.push(Node { line, depth, below: Vec::new() });
    }
    while !open.is_empty() {
        close(&mut open, &mut top);
    }
    top
}

fn close(open: &mut Vec<Node>, top: &mut Vec<Node>) {
    if let Some(node) = open.pop() {
        match open.last_mut() {
            Some(parent) => parent.below.push(node),
            None => top.push(node),
        }
    }
}

impl Node {
    fn has_points_below(&self) -> bool {
        self.below.iter().any(|node| node.line.has_points() || node.has_points_below())
    }

    /// Does the row name what stands below it?
    fn is_heading(&self) -> bool {
        if self.line.is_criterion_only {
            return true;
        }
        if self.has_points_below() {
            return !self.has_steps();
        }
        let is_row = |node: &Node| !node.is_words();
        !self.line.has_points() && self.below.iter().any(is_row)
    }

    fn is_words(&self) -> bool {
        self.line.mark.is_none() && !self.line.has_points()
    }

    /// Are the rows below steps of its points, of which the best gives them all?
    fn has_steps(&self) -> bool {
        let Points::Known(own) = self.line.points else {
            return false;
        };
        let known = self.below.iter().map(|node| match node.line.points {
            Points::Known(amount) if node.below.is_empty() => Some(amount),
            _ => None,
        });
        let Some(steps) = known.collect::<Option<Vec<_>>>() else {
            return false;
        };
        steps.len() > 1 && steps.iter().max() == Some(&own) && total(steps.into_iter()) != own
    }

    /// What the items below add up to, or the row's own points.
    fn sum(&self) -> Amount {
        if self.has_points_below() && !self.has_steps() {
            return total(self.below.iter().map(Node::sum));
        }
        match self.line.points {
            Points::Known(amount) => amount,
            Points::None | Points::Unread => Amount::default(),
        }
    }

    /// Compares what a heading says with the rows below it.
    fn check_sums(&self, notes: &mut Notes) {
        if let Points::Known(stated) = self.line.points
            && self.has_points_below()
            && !self.has_steps()
            && stated != self.sum()
        {
            let (stated, sum) = (stated.shown(), self.sum().shown());
            notes.doubts.push(Doubt::SumDiffers { row: self.line.row, stated, sum });
        }
    }
}

fn total(amounts: impl Iterator<Item = Amount>) -> Amount {
    Amount(amounts.fold(0, |sum, amount| sum.saturating_add(amount.0)))
}

struct Outline<'a> {
    grid: &'a Grid,
    has_points: bool,
    notes: &'a mut Notes,
    sections: Vec<Section>,
}

impl Outline<'_> {
    /// Takes in a row of the highest rank.
    fn top(&mut self, node: Node, has_headings: bool) {
        let row = node.line.row;
        if has_headings && node.is_heading() {
            node.check_sums(self.notes);
            let mut items = Vec::new();
            self.items(node.below, &[], &mut items);
            if items.is_empty() {
                self.notes.doubts.push(Doubt::NoItemsBelow { row });
                self.notes.leave_out(self.grid, row, Reason::NoItemsBelow);
                return;
            }
            self.sections.push(Section { heading: Some(node.line), items });
            return;
        }
        let is_item = node.line.has_points() || !self.has_points && !node.is_words();
        if !is_item && has_headings && node.line.mark.is_some() {
            self.notes.doubts.push(Doubt::NoItemsBelow { row });
            self.leave_out_all(&node, Reason::NoItemsBelow);
        } else if !is_item && (node.is_words() || has_headings) {
            self.leave_out_all(&node, Reason::Words);
        } else if has_headings {
            self.notes.doubts.push(Doubt::LoneItem { row });
            let heading = Some(node.line.clone());
            let mut items = Vec::new();
            self.items(vec![node], &[], &mut items);
            self.sections.push(Section { heading, items });
        } else {
            let mut items = Vec::new();
            self.items(vec![node], &[], &mut items);
            match self.sections.last_mut() {
                Some(section) => section.items.extend(items),
                None => {
                    self.notes.doubts.push(Doubt::NoHeadings);
                    self.sections.push(Section { heading: None, items });
                }
            }
        }
    }

    fn leave_out_all(&mut self, node: &Node, reason: Reason) {
        self.notes.leave_out(self.grid, node.line.row, reason);
        for below in &node.below {
            self.leave_out_all(below, reason);
        }
    }

    /// Takes in the items of a criterion; `above` are the headings within it.
    fn items(&mut self, nodes: Vec<Node>, above: &[String], items: &mut Vec<Entry>) {
        for node in nodes {
            let row = node.line.row;
            if node.is_heading() {
                node.check_sums(self.notes);
                self.notes.doubts.push(Doubt::SubHeading { row });
                let mut above = above.to_vec();
                above.push(node.line.label);
                self.items(node.below, &above, items);
            } else if node.is_words() {
                match items.last_mut() {
                    Some(item) => item.help.push(node.line.label),
                    None => self.notes.leave_out(self.grid, row, Reason::Words),
                }
            } else {
                if self.has_points && !node.line.has_points() {
                    self.notes.doubts.push(Doubt::NoPoints { row });
                }
                if node.has_points_below() {
                    self.notes.doubts.push(Doubt::Steps { row });
                }
                let mut help = above.to_vec();
                words(&node.below, &mut help);
                items.push(Entry { line: node.line, help });
            }
        }
    }
}

/// The words of rows below an item, with their points and remarks.
fn words(nodes: &[Node], help: &mut Vec<String>) {
    for node in nodes {
        let mark = node.line.mark.as_ref().map(|mark| format!("{} ", mark.text));
        let points = match node.line.points {
            Points::Known(amount) => format!(" ({} điểm)", amount.shown().replace('.', ",")),
            Points::None | Points::Unread => String::new(),
        };
        help.push([mark.unwrap_or_default(), node.line.label.clone(), points].concat());
        let remarks = node.line.others.iter().filter(|(role, _)| *role != Role::Id);
        help.extend(remarks.map(|(_, text)| text.clone()));
        words(&node.below, help);
    }
}

/// Compares each total with all items above it, or those of the criterion above it.
fn check_totals(sections: &[Section], totals: &[super::lines::Total], notes: &mut Notes) {
    let amount = |entry: &&Entry| match entry.line.points {
        Points::Known(amount) => amount,
        Points::None | Points::Unread => Amount::default(),
    };
    for own in totals {
        let Points::Known(stated) = own.points else {
            continue;
        };
        let all = sections.iter().flat_map(|section| &section.items);
        let sum = total(all.filter(|entry| entry.line.row < own.row).map(|entry| amount(&entry)));
        let last = sections
            .iter()
            .rfind(|section| section.items.first().is_some_and(|entry| entry.line.row < own.row));
        let of_last =
            total(last.iter().flat_map(|section| &section.items).map(|entry| amount(&entry)));
        // A total may stand above the rows as well.
        let whole =
            total(sections.iter().flat_map(|section| &section.items).map(|entry| amount(&entry)));
        if ![sum, of_last, whole].contains(&stated) {
            let (stated, sum) = (stated.shown(), sum.shown());
            notes.doubts.push(Doubt::TotalDiffers { row: own.row, stated, sum });
        }
    }
}
