//! Files that use each other in a circle can only be understood, moved and tested together. Up to three may: a type
//! with the part of it that got a file of its own.

use std::collections::BTreeSet;

use super::imports::Imports;
use super::{check_none, sources};

/// How many files may use each other in a circle.
const LARGEST: usize = 3;

/// The circles of a graph: its strongly connected components of more than one node, by Tarjan's algorithm.
struct Circles<'a> {
    edges: &'a [BTreeSet<usize>],
    /// When a node was entered, and the earliest one that it leads back to.
    entered: Vec<Option<usize>>,
    low: Vec<usize>,
    stack: Vec<usize>,
    count: usize,
    found: Vec<BTreeSet<usize>>,
}

fn circles(edges: &[BTreeSet<usize>]) -> Vec<BTreeSet<usize>> {
    let mut search = Circles {
        edges,
        entered: vec![None; edges.len()],
        low: vec![0; edges.len()],
        stack: Vec::new(),
        count: 0,
        found: Vec::new(),
    };
    for node in 0..edges.len() {
        if search.entered[node].is_none() {
            search.visit(node);
        }
    }
    search.found
}

impl Circles<'_> {
    fn visit(&mut self, node: usize) {
        self.entered[node] = Some(self.count);
        self.low[node] = self.count;
        self.count += 1;
        self.stack.push(node);
        for &next in &self.edges[node] {
            match self.entered[next] {
                None => {
                    self.visit(next);
                    self.low[node] = self.low[node].min(self.low[next]);
                }
                Some(entered) if self.stack.contains(&next) => {
                    self.low[node] = self.low[node].min(entered);
                }
                Some(_) => {}
            }
        }
        if self.entered[node] == Some(self.low[node]) {
            let start = self.stack.iter().position(|own| *own == node).unwrap();
            let circle: BTreeSet<_> = self.stack.drain(start..).collect();
            if circle.len() > 1 {
                self.found.push(circle);
            }
        }
    }
}

#[test]
fn no_more_than_three_files_use_each_other_in_a_circle() {
    let sources = sources("src");
    let imports = Imports::read(&sources);
    let edges: Vec<BTreeSet<usize>> = (0..sources.len())
        .map(|file| imports.of(file).iter().filter_map(|used| used.file).collect())
        .collect();
    // Paths are followed: most files use another.
    let arrows: usize = edges.iter().map(BTreeSet::len).sum();
    assert!(arrows > 2 * sources.len(), "{arrows} arrows");
    let wrong = circles(&edges).into_iter().filter(|c| c.len() > LARGEST);
    let told = wrong.map(|circle| {
        let arrow = |file: &usize| {
            let others = edges[*file].intersection(&circle);
            let others: Vec<_> = others.map(|other| sources[*other].path.as_str()).collect();
            format!("  {} -> {}", sources[*file].path, others.join(", "))
        };
        let arrows: Vec<_> = circle.iter().map(arrow).collect();
        format!("a circle of {} files:\n{}", circle.len(), arrows.join("\n"))
    });
    check_none(told, "files that use each other");
}

#[test]
fn circles_are_found_where_they_are() {
    let graph = |edges: &[(usize, usize)]| {
        let mut graph = vec![BTreeSet::new(); 6];
        for (from, to) in edges {
            graph[*from].insert(*to);
        }
        circles(&graph)
    };
    assert!(graph(&[(0, 1), (1, 2), (0, 2), (3, 2), (4, 0)]).is_empty());
    // Two circles with an arrow from one to the other, and a node behind them.
    let two = graph(&[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 3), (4, 5)]);
    assert_eq!(two, [BTreeSet::from([3, 4]), BTreeSet::from([0, 1, 2])]);
    // Two that share a node are one.
    let one = graph(&[(0, 1), (1, 0), (1, 2), (2, 1), (2, 5)]);
    assert_eq!(one, [BTreeSet::from([0, 1, 2])]);
}
