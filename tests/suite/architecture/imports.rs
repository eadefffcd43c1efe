//! Which file of `src/` uses which: the paths of every file, followed to the file that defines what they name.
//!
//! A name belongs to the file that defines it. Whoever hands it on, as a `mod.rs` does with `pub use`, is looked
//! through: its own arrows are only those to the names that its own code uses. So a room may have a face without
//! tying every file in it to every other. A path that ends at a module is an arrow to nothing; the paths that go on
//! from there are. `mod x;` says where a file is and is no arrow either.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;

/// A path in the code of a file.
pub struct Use {
    pub line: usize,
    /// From the root of the crate, as it is written there: `["app", "host", "Event"]`.
    pub path: Vec<String>,
    /// The file that defines what it names; `None` where it names a module.
    pub file: Option<usize>,
}

/// A `use` of a file: the name that it brings, what that stands for, and whether others may take it from here.
struct Import {
    line: usize,
    name: String,
    path: Vec<String>,
    is_public: bool,
}

struct Module {
    path: Vec<String>,
    imports: Vec<Import>,
    /// The paths outside of `use`, as they are written.
    paths: Vec<(usize, Vec<String>)>,
    /// The names that stand outside of `use`.
    names: BTreeSet<String>,
    macros: BTreeSet<String>,
}

/// Every file of `src/` with what it uses.
pub struct Imports {
    modules: Vec<Module>,
    files: BTreeMap<Vec<String>, usize>,
}

impl Imports {
    pub fn read(sources: &[Source]) -> Imports {
        let modules: Vec<_> = sources.iter().map(Module::read).collect();
        let files = modules.iter().enumerate();
        let files = files.map(|(n, m)| (m.path.clone(), n)).collect();
        Imports { modules, files }
    }

    /// The paths of a file that lead to others.
    pub fn of(&self, file: usize) -> Vec<Use> {
        let module = &self.modules[file];
        let imports = module.imports.iter();
        let imports = imports
            .filter(|import| !import.is_public || module.names.contains(&import.name))
            .map(|import| (import.line, import.path.clone()));
        let paths = module.paths.iter().cloned();
        let paths = imports.chain(paths);
        let uses = paths.filter_map(|(line, path)| {
            let path = self.absolute(file, &path)?;
            let target = self.definition(&path, 0);
            (target != Some(file)).then_some(Use { line, path, file: target })
        });
        uses.collect()
    }

    /// A path from the root of the crate; `None` where it leads to another crate or names something of the file.
    fn absolute(&self, file: usize, path: &[String]) -> Option<Vec<String>> {
        let module = &self.modules[file];
        let mut base = module.path.clone();
        let mut rest = path;
        match path[0].as_str() {
            "crate" | "bon_tot" => {
                base.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            first => {
                // Not `use plain::plain`, which stands for no other beginning.
                let mut imports = module.imports.iter();
                let stands_for = |import: &&Import| import.name == first && import.path[0] != first;
                if let Some(import) = imports.find(stands_for) {
                    let mut whole = import.path.clone();
                    whole.extend_from_slice(&path[1..]);
                    return self.absolute(file, &whole);
                }
                base.push(first.to_owned());
                if !self.files.contains_key(&base) {
                    return None;
                }
                rest = &path[1..];
            }
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    /// The file that defines what a path from the root names.
    fn definition(&self, path: &[String], depth: usize) -> Option<usize> {
        assert!(depth < 16, "names in a circle: {path:?}");
        let mut at = Vec::new();
        let mut rest = path;
        while let Some((name, after)) = rest.split_first() {
            at.push(name.clone());
            if !self.files.contains_key(&at) {
                at.pop();
                break;
            }
            rest = after;
        }
        // A name may be that of a module and of what its parent hands on from it, as with `parse`.
        let (name, after) = match rest.split_first() {
            Some(first) => first,
            None => (&at.pop()?, rest),
        };
        let file = *self.files.get(&at)?;
        let module = &self.modules[file];
        // Exported macros stand at the root, wherever they are defined.
        if at.is_empty()
            && let Some(n) = self.modules.iter().position(|m| m.macros.contains(name))
        {
            return Some(n);
        }
        let handed_on = module.imports.iter().find(|import| import.name == *name);
        let Some(import) = handed_on else {
            return (!rest.is_empty()).then_some(file);
        };
        // A type of another crate belongs to the file that hands it on.
        let Some(mut whole) = self.absolute(file, &import.path) else {
            return Some(file);
        };
        whole.extend_from_slice(after);
        self.definition(&whole, depth + 1)
    }
}

impl Module {
    fn read(source: &Source) -> Module {
        let path = source.path.trim_start_matches("src/");
        let path = path.trim_end_matches(".rs");
        let mut path: Vec<_> = path.split('/').map(str::to_owned).collect();
        if path.last().is_some_and(|last| last == "mod") || path == ["lib"] {
            path.pop();
        }
        let mut module = Module {
            path,
            imports: Vec::new(),
            paths: Vec::new(),
            names: BTreeSet::new(),
            macros: BTreeSet::new(),
        };
        let tokens = tokens(source);
        let mut at = 0;
        // How deep braces are, and at which depth modules within the file began.
        let (mut depth, mut inner) = (0, Vec::new());
        while let Some((line, token)) = tokens.get(at) {
            let next = |n: usize| tokens.get(at + n).map_or("", |(_, token)| token.as_str());
            if token == "use" {
                let before = at.checked_sub(1).map_or("", |n| tokens[n].1.as_str());
                let is_public = ["pub", ")"].contains(&before);
                at += 1;
                let before = module.imports.len();
                module.take_tree(&tokens, &mut at, &mut Vec::new(), is_public);
                if !inner.is_empty() {
                    // What a module within the file imports stands for nothing outside it.
                    let own = module.imports.drain(before..);
                    let own = own.map(|import| (import.line, outward(import.path, inner.len())));
                    module.paths.extend(own);
                }
            } else if token == "macro_rules" {
                module.macros.insert(next(2).to_owned());
                at += 3;
            } else if token == "mod" {
                if next(2) == "{" {
                    inner.push(depth);
                }
                at += 2;
            } else if is_name(token) {
                let mut path = vec![token.clone()];
                module.names.insert(token.clone());
                at += 1;
                while at + 1 < tokens.len() && tokens[at].1 == "::" && is_name(&tokens[at + 1].1) {
                    path.push(tokens[at + 1].1.clone());
                    at += 2;
                }
                if path.len() > 1 {
                    module.paths.push((*line, outward(path, inner.len())));
                }
            } else {
                match token.as_str() {
                    "{" => depth += 1,
                    "}" => {
                        depth -= 1;
                        inner.pop_if(|began| *began == depth);
                    }
                    _ => {}
                }
                at += 1;
            }
        }
        module
    }

    /// A tree of a `use`: `a::{b, c as d}`.
    fn take_tree(
        &mut self,
        tokens: &[(usize, String)],
        at: &mut usize,
        path: &mut Vec<String>,
        is_public: bool,
    ) {
        let depth = path.len();
        while let Some((line, token)) = tokens.get(*at) {
            *at += 1;
            match token.as_str() {
                "::" => continue,
                "{" => {
                    while tokens.get(*at).is_some_and(|(_, token)| token != "}") {
                        self.take_tree(tokens, at, path, is_public);
                        if tokens[*at].1 == "," {
                            *at += 1;
                        }
                    }
                    *at += 1;
                    break;
                }
                name => path.push(name.to_owned()),
            }
            let follows = |n: usize| tokens.get(*at + n).map(|(_, token)| token.as_str());
            if follows(0) == Some("::") {
                continue;
            }
            let mut whole = path.clone();
            if whole.last().is_some_and(|last| last == "self") {
                whole.pop();
            }
            let mut name = whole.last().cloned().unwrap_or_default();
            if follows(0) == Some("as") {
                name = follows(1).unwrap_or_default().to_owned();
                *at += 2;
            }
            self.imports.push(Import { line: *line, name, path: whole, is_public });
            break;
        }
        path.truncate(depth);
    }
}

/// A path of a module within a file, as the file itself would write it.
fn outward(mut path: Vec<String>, depth: usize) -> Vec<String> {
    for _ in 0..depth {
        if path[0] == "super" {
            path.remove(0);
            if path[0] != "super" {
                path.insert(0, "self".to_owned());
                break;
            }
        }
    }
    path
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The tokens of the code of a file, without comments, strings and unit tests: names, `::`, and single marks.
fn tokens(source: &Source) -> Vec<(usize, String)> {
    let mut tokens = Vec::new();
    let mut is_text = false; // a string may go over several lines
    for (n, line) in source.code_without_tests() {
        let chars: Vec<char> = line.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let (c, next) = (chars[at], chars.get(at + 1));
            if is_text {
                is_text = c != '"';
                at += if c == '\\' { 2 } else { 1 };
            } else if c == '/' && next == Some(&'/') {
                break;
            } else if c == '"' {
                is_text = true;
                at += 1;
            } else if c == '\'' && (next == Some(&'\\') || chars.get(at + 2) == Some(&'\'')) {
                let start = if next == Some(&'\\') { at + 3 } else { at + 2 };
                let end = chars.iter().skip(start).position(|c| *c == '\'');
                at = start + end.unwrap() + 1;
            } else if c.is_alphanumeric() || c == '_' {
                let end = chars.iter().skip(at);
                let length = end.take_while(|c| c.is_alphanumeric() || **c == '_').count();
                tokens.push((n, chars[at..at + length].iter().collect()));
                at += length;
            } else if c == ':' && next == Some(&':') {
                tokens.push((n, "::".to_owned()));
                at += 2;
            } else {
                if !c.is_whitespace() {
                    tokens.push((n, c.to_string()));
                }
                at += 1;
            }
        }
    }
    tokens
}
