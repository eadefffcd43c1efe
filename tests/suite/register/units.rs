//! Lists of units as files and as text, and how each unit stands: the worker of the desk says what the tool says.

use std::collections::BTreeMap;

use bon_tot::desk::register::{
    Arrival, PackPeriod, Reply, Settling, Standing, TableError, Task, UnitChoice, UnitColumns,
    UnitLine, UnitList, UnitListError, UnitPreview, UnitStandings, UnitsReply, UnitsTask, Work,
};
use bon_tot::pack::PeriodKind;
use bon_tot::sheets::sheets_of;
use bon_tot::value::Id;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;

use super::*;

const CSV: &str = "\u{feff}DANH SÁCH ĐƠN VỊ;;;\nTên chi bộ;Trực thuộc;Loại hình;Hạn nộp\n\
    Chi bộ Một;Đảng bộ xã A, phường B;Thôn, bản;15/12/2026\n\
    Chi bộ Hai;;;\nchi bộ  một;Đảng bộ xã A, phường B;;\n";

/// The same as [`CSV`] in the second sheet of a workbook; the deadline is a day there.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Bìa").unwrap().write_string(0, 0, "Kính gửi").unwrap();
    let sheet = book.add_worksheet().set_name("Đơn vị").unwrap();
    let lines: Vec<Vec<&str>> =
        CSV.trim_start_matches('\u{feff}').lines().map(|line| line.split(';').collect()).collect();
    for (row, line) in lines.iter().enumerate() {
        for (column, cell) in line.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let (row, column) = (row as u32, column as u16);
            if *cell == "15/12/2026" {
                let day = ExcelDateTime::from_ymd(2026, 12, 15).unwrap();
                let format = Format::new().set_num_format("dd/mm/yyyy");
                sheet.write_datetime_with_format(row, column, &day, &format).unwrap();
            } else {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn work() -> Work {
    Work::new(Catalog::built_in().unwrap())
}

fn ask(work: &mut Work, task: UnitsTask) -> (UnitsReply, Option<String>) {
    let task = Task::Units(task);
    assert_eq!(Task::from_bytes(&task.to_bytes().unwrap()).as_ref(), Some(&task));
    let (reply, text) = work.answer(&task).unwrap();
    assert_eq!(Reply::from_bytes(&reply.to_bytes().unwrap()).as_ref(), Some(&reply));
    let Reply::Units(reply) = reply else { panic!("{reply:?}") };
    (reply, text)
}

fn preview(reply: UnitsReply) -> UnitPreview {
    let UnitsReply::Preview(preview) = reply else { panic!("{reply:?}") };
    preview
}

fn read(work: &mut Work, bytes: &[u8]) -> UnitsReply {
    let Reply::Units(reply) = work.take_sheets(sheets_of(bytes.to_vec())) else { unreachable!() };
    reply
}

#[test]
fn a_workbook_and_a_text_of_it_give_the_same_list() {
    let mut lists = Vec::new();
    for (bytes, sheet) in [(CSV.as_bytes().to_vec(), 0), (workbook(), 1)] {
        let mut work = work();
        let preview = preview(read(&mut work, &bytes));
        assert!(preview.has_head);
        let columns = UnitColumns {
            parent: Some(1),
            unit_type: Some(2),
            deadline: Some(3),
            ..UnitColumns::default()
        };
        assert_eq!(preview.choice, UnitChoice { sheet, first: 2, columns });
        assert_eq!(preview.heads[..2], ["Tên chi bộ", "Trực thuộc"]);
        assert_eq!(preview.lines.len(), 3);
        assert_eq!(preview.found, Ok((2, vec![5])));
        let (reply, text) = ask(&mut work, UnitsTask::Take);
        assert_eq!(reply, UnitsReply::Taken(2));
        lists.push(text.unwrap());
    }
    assert_eq!(lists[0], lists[1]);
    let list = UnitList::from_text(&lists[0]).unwrap();
    let (unit, ..) = list.units().next().unwrap();
    assert_eq!(unit.parent, "Đảng bộ xã A, phường B");
    assert_eq!(unit.deadline, Date::parse("2026-12-15"));
    assert_eq!(list.to_text(), lists[0]);
    assert!(UnitList::from_text("{}").is_err());
}

#[test]
fn other_sheets_and_columns_can_be_chosen() {
    let mut work = work();
    read(&mut work, &workbook());
    let cover = preview(ask(&mut work, UnitsTask::Sheet(0)).0);
    assert_eq!((cover.sheets.len(), cover.has_head), (2, false));
    assert_eq!(cover.found, Ok((1, vec![])));
    preview(ask(&mut work, UnitsTask::Sheet(1)).0);
    let columns = UnitColumns { name: 1, ..UnitColumns::default() };
    let choose = |first, columns| UnitsTask::Choose(UnitChoice { sheet: 1, first, columns });
    let chosen = preview(ask(&mut work, choose(2, columns)).0);
    assert_eq!(chosen.found, Ok((1, vec![5])));
    let no_day = UnitColumns { deadline: Some(1), ..UnitColumns::default() };
    let chosen = preview(ask(&mut work, choose(2, no_day)).0);
    assert_eq!(chosen.found, Err(UnitListError::Deadline(3)));
    let chosen = preview(ask(&mut work, choose(9, columns)).0);
    assert_eq!(chosen.found, Err(UnitListError::Empty));
    let (reply, text) = work.answer(&Task::Units(UnitsTask::Take)).unwrap();
    assert!(matches!(reply, Reply::Failed(_)) && text.is_none());
}

#[test]
fn what_is_typed_has_a_unit_a_line_and_names_keep_their_commas() {
    let mut work = work();
    let typed = "Chi bộ Trường Mầm non, xã A\n\nChi bộ Hai\r\nchi bộ hai\n";
    let typed = preview(ask(&mut work, UnitsTask::Typed(typed.into())).0);
    assert_eq!((typed.has_head, typed.choice), (false, UnitChoice::default()));
    assert_eq!(typed.lines[0], ["Chi bộ Trường Mầm non, xã A"]);
    assert_eq!(typed.found, Ok((2, vec![4])));
    let pasted = "Đơn vị\tĐảng bộ\nChi bộ A\t\"Đảng bộ; xã B\"\n";
    let pasted = preview(ask(&mut work, UnitsTask::Typed(pasted.into())).0);
    assert_eq!((pasted.has_head, pasted.choice.columns.parent), (true, Some(1)));
    assert_eq!(pasted.lines, [["Chi bộ A", "Đảng bộ; xã B"]]);
    let empty = preview(ask(&mut work, UnitsTask::Typed(" \n".into())).0);
    assert_eq!(empty.found, Err(UnitListError::Empty));
    let open = ask(&mut work, UnitsTask::Typed("\"Chi bộ A\nChi bộ B\n".into())).0;
    assert_eq!(open, UnitsReply::Refused(TableError::Quotation));
}

#[test]
fn a_file_that_is_no_list_is_refused_with_its_reason() {
    let mut work = work();
    let old = read(&mut work, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    assert_eq!(old, UnitsReply::Refused(TableError::OldWorkbook));
    let cut = read(&mut work, &workbook()[..900]);
    assert!(matches!(cut, UnitsReply::Refused(TableError::Workbook(_))), "{cut:?}");
    let windows = read(&mut work, b"Chi b\xf4;x\n");
    assert_eq!(windows, UnitsReply::Refused(TableError::Encoding));
    let large = read(&mut work, &vec![b'a'; (32 << 20) + 1]);
    assert_eq!(large, UnitsReply::Refused(TableError::TooLarge));
}

/// A worker that has received every file of a folder of samples, as the tool names them.
fn received(root: &Path, trust: &str) -> Work {
    let mut work = work();
    let trust = fs::read_to_string(root.join(trust)).unwrap();
    let day = Date::parse(DAY).unwrap();
    work.answer(&Task::Begin { trust, own: Vec::new(), now: day.days() * 86_400, day }).unwrap();
    let mut files: Vec<_> =
        fs::read_dir(root.join("in")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let records = files.iter().map(|file| {
        let name = format!("in/{}", file.file_name().unwrap().to_str().unwrap());
        match work.receive(&name, &fs::read(file).unwrap()).unwrap() {
            Arrival::Received { record, .. } => record,
            other => panic!("{other:?}"),
        }
    });
    let records: Vec<String> = records.collect();
    assert_eq!(work.answer(&Task::Add(records)).unwrap().0, Reply::Done);
    work
}

fn settle(work: &mut Work, settling: Settling) -> (UnitStandings, Vec<UnitLine>) {
    let reply = ask(work, UnitsTask::Settle(settling)).0;
    let UnitsReply::Settled(standings) = reply else { panic!("{reply:?}") };
    let mut lines = Vec::new();
    while lines.len() < standings.units {
        let UnitsReply::Lines(some) = ask(work, UnitsTask::Lines(lines.len(), 7)).0 else {
            panic!("no lines")
        };
        assert!(!some.is_empty() && some.len() <= 7);
        lines.extend(some);
    }
    (standings, lines)
}

#[test]
fn the_worker_says_how_units_stand_as_the_tool_does() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    let faults = "forged=3,unknown_key=3,duplicate=3,superseded=3,conflict=3,malformed=2";
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/packs/nghe-an-2024.json");
    runs(root, &["sample", "--pack", pack, "--count", "40", "--faults", faults, "--out", "in"]);
    let trust = "in-trust-1.json";
    let known = rows(&register(root, &["in"], &["--trust", trust]));
    let mut names: Vec<&str> = known.iter().filter_map(|row| row.unit.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    // Some units of the register are not in the list; every third is due before the day of receiving.
    let units = names.iter().skip(2).enumerate().map(|(place, name)| {
        let day = if place % 3 == 0 { "31/01/2027" } else { "" };
        format!("\"{name}\";{day}\n")
    });
    let list = format!("\u{feff}Đơn vị;Hạn nộp\n{}Chi bộ vắng mặt;\n", units.collect::<String>());
    fs::write(root.join("units.csv"), &list).unwrap();
    let args = ["register", "in", "--out", "x.ndjson", "--force", "--units", "units.csv", "--json"];
    let more = ["--received", DAY, "--trust", trust, "--deadline", "2027-02-01"];
    let told: Value = serde_json::from_str(&runs(root, &[&args[..], &more].concat())).unwrap();

    let mut work = received(root, trust);
    read(&mut work, list.as_bytes());
    let (_, text) = ask(&mut work, UnitsTask::Take);
    let settling = Settling {
        list: text,
        trust: fs::read_to_string(root.join(trust)).unwrap(),
        deadline: Date::parse("2027-02-01"),
        period: None,
    };
    let (standings, lines) = settle(&mut work, settling.clone());
    let mut counts = BTreeMap::new();
    for standing in Standing::ALL {
        let own: Vec<&str> = lines
            .iter()
            .filter(|line| line.standing == *standing)
            .map(|line| line.unit.name.as_str())
            .collect();
        counts.insert(*standing, own.len());
        if *standing != Standing::Filed {
            let tool: Vec<&str> = told[standing.as_str()]
                .as_array()
                .unwrap()
                .iter()
                .map(|name| name.as_str().unwrap())
                .collect();
            assert_eq!(own, tool, "{standing:?}");
        }
    }
    assert_eq!(standings.counts.iter().copied().collect::<BTreeMap<_, _>>(), counts);
    for standing in [Standing::Missing, Standing::Conflict, Standing::Late, Standing::Filed] {
        assert!(counts[&standing] > 0, "{standing:?}: {counts:?}");
    }
    // Files are with their units, and those of others are counted.
    let named = known.iter().filter(|row| row.unit.is_some()).count();
    let with_units: usize = lines.iter().map(|line| line.files.len()).sum();
    assert_eq!(with_units + standings.strangers.0, named);
    assert!(!standings.strangers.1.is_empty());
    // Of a unit without a sound file it is known how many there are, and why they do not count.
    for line in &lines {
        assert_eq!(line.count, line.files.len());
        let refused: usize = line.refused.iter().map(|(_, files)| files).sum();
        assert_eq!(refused == line.count, line.standing == Standing::Missing, "{line:?}");
    }
    let forged = |line: &&UnitLine| line.refused == [(bon_tot::desk::Status::BadSignature, 1)];
    assert!(lines.iter().filter(forged).count() > 0);
    let orders: Vec<u32> = lines.iter().map(|line| line.order).collect();
    assert!(orders.iter().any(|order| *order > 0));

    // Of one period only its own files are looked at; of another one nobody has filed.
    let of_period = |row: &&Row| row.pack.is_some() && row.period().is_some();
    let counted: usize = standings.periods.iter().map(|(_, files)| files).sum();
    assert_eq!(counted, known.iter().filter(of_period).count());
    let most = standings.periods.iter().max_by_key(|(_, files)| *files).unwrap();
    let (period, files) = most.clone();
    let own = Settling { period: Some(period.clone()), ..settling.clone() };
    let (own, own_lines) = settle(&mut work, own);
    let with_units: usize = own_lines.iter().map(|line| line.files.len()).sum();
    assert_eq!(with_units + own.strangers.0, files);
    let in_period = |row: &&Row| {
        let own = row.period().map(|own| (own.kind, own.from, own.to));
        own == Some((period.1, period.2, period.3))
    };
    for line in own_lines.iter().filter(|line| line.standing != Standing::Missing) {
        let mut rows = known.iter().filter(in_period);
        assert!(rows.any(|row| row.unit.as_deref() == Some(&line.unit.name)), "{line:?}");
    }
    assert!(own.counts[0].1 > standings.counts[0].1, "{own:?}");
    let other: PackPeriod = (Id::new("x").unwrap(), PeriodKind::Year, period.2, period.3);
    let other = settle(&mut work, Settling { period: Some(other), ..settling.clone() }).0;
    assert_eq!(other.counts[0], (Standing::Missing, standings.units));
    assert_eq!(other.bases, [0; 3]);
    assert_eq!(other.periods, standings.periods);

    // Without a list there are bases and periods still.
    let none = settle(&mut work, Settling { list: None, ..settling.clone() }).0;
    assert_eq!((none.units, none.bases), (0, standings.bases));
    let counting: Vec<_> =
        known.iter().filter(|row| row.status == bon_tot::desk::Status::Verified).collect();
    assert!(standings.bases[0] > 0 && standings.bases[0] <= counting.len());
    assert!(standings.bases[1] <= standings.bases[0] && standings.bases[2] == 0);
    let unread = Settling { list: Some("{}".into()), ..settling };
    assert_eq!(ask(&mut work, UnitsTask::Settle(unread)).0, UnitsReply::ListUnread);
}

#[test]
fn the_units_that_filed_make_a_list() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/packs/nghe-an-2024.json");
    let faults = "superseded=3,malformed=2,forged=2";
    runs(root, &["sample", "--pack", pack, "--count", "20", "--faults", faults, "--out", "in"]);
    let mut work = received(root, "in-trust-1.json");
    let filed = preview(ask(&mut work, UnitsTask::Filed(None)).0);
    let (count, repeated) = filed.found.unwrap();
    assert!(count > 5 && repeated.is_empty(), "{count} {repeated:?}");
    let (_, list) = ask(&mut work, UnitsTask::Take);
    let trust = fs::read_to_string(root.join("in-trust-1.json")).unwrap();
    let settling = Settling { list, trust, ..Settling::default() };
    let (standings, lines) = settle(&mut work, settling);
    assert_eq!((standings.units, standings.counts[0]), (count, (Standing::Missing, 0)));
    // Their types are those of the forms.
    let types: Vec<&str> = standings.by_type.iter().map(|(id, _)| id.as_str()).collect();
    assert!(types.iter().all(|id| Id::new(id).is_some()), "{types:?}");
    assert!(lines.iter().all(|line| !line.unit.parent.is_empty()));
    let registered: usize = standings.by_type.iter().map(|(_, part)| part.registered).sum();
    assert_eq!(registered, count);
    let of_periods = standings.periods.iter().map(|(period, files)| {
        let filed = preview(ask(&mut work, UnitsTask::Filed(Some(period.clone()))).0);
        // A period may have nothing but files that are not sound.
        let count = filed.found.map_or(0, |(count, _)| count);
        assert!(count <= *files);
        count
    });
    assert!(of_periods.sum::<usize>() >= count);
}
