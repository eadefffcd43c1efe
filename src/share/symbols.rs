//! The symbols of a coded form: flags, numbers, indices, days and texts, each written and read by the same function.

use crate::share::link::{PLACEHOLDER, Texts};
use crate::share::range_coder::{BitModel, Coder};
use crate::value::{Date, is_blank};

/// Most bytes of all texts together.
const TEXT_LIMIT: usize = 6 << 10;
/// Most bits of a number, plus one.
const BITS: usize = 56;
/// The kind of a number; numbers of one kind share their models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberKind {
    Fact,
    Field,
    Vote,
    Day,
    Times,
    Length,
}

const KINDS: usize = 6;

/// The kind of a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    Fact,
    Said,
    SaidOfRule,
    Met,
    NotApplicable,
    Reason,
    Evidence,
    Field,
    Text,
    Gate,
    Open,
    Day,
    Excepted,
    Note,
    Times,
    Vote,
    Method,
    Sign,
}

const FLAGS: usize = 18;

/// Writes or reads a form, by the same calls.
pub(super) struct FormCodec<'a> {
    coder: &'a mut dyn Coder,
    pub(super) texts: Texts,
    flags: [BitModel; FLAGS],
    lengths: [[BitModel; BITS]; KINDS],
    firsts: [[BitModel; BITS]; KINDS],
    letters: Vec<BitModel>,
    room: usize,
    /// Input was read that no writer produces.
    pub(super) is_wrong: bool,
}

impl<'a> FormCodec<'a> {
    pub(super) fn new(coder: &'a mut dyn Coder, texts: Texts) -> FormCodec<'a> {
        FormCodec {
            coder,
            texts,
            flags: [BitModel::default(); FLAGS],
            lengths: [[BitModel::default(); BITS]; KINDS],
            firsts: [[BitModel::default(); BITS]; KINDS],
            letters: vec![BitModel::default(); 256],
            room: TEXT_LIMIT,
            is_wrong: false,
        }
    }

    pub(super) fn flag(&mut self, flag: Flag, bit: bool) -> bool {
        self.coder.code(&mut self.flags[flag as usize], bit)
    }

    /// A bit of even probability.
    fn even(&mut self, bit: bool) -> bool {
        self.coder.code(&mut BitModel::default(), bit)
    }

    /// A number from 0 to `max`: its bit length and second bit by adaptive models, the other bits evenly.
    pub(super) fn number(&mut self, kind: NumberKind, value: i64, max: i64) -> i64 {
        let own = value.saturating_add(1).unsigned_abs();
        let bits = own.checked_ilog2().unwrap_or(0) as usize;
        let mut read = 0;
        while read + 1 < BITS
            && self.coder.code(&mut self.lengths[kind as usize][read], read < bits)
        {
            read += 1;
        }
        let mut found = 1u64;
        for index in (0..read).rev() {
            let bit = own >> index & 1 == 1;
            let bit = if index + 1 == read {
                self.coder.code(&mut self.firsts[kind as usize][read], bit)
            } else {
                self.even(bit)
            };
            found = found << 1 | u64::from(bit);
        }
        let found = i64::try_from(found - 1).unwrap_or(i64::MAX);
        if found > max {
            self.is_wrong = true;
            return 0;
        }
        found
    }

    /// An index below `count`.
    pub(super) fn index(&mut self, index: Option<usize>, count: usize) -> usize {
        let bits = count.saturating_sub(1).checked_ilog2().map_or(0, |bits| bits + 1);
        let own = index.unwrap_or_default();
        let mut found = 0;
        for bit in (0..bits).rev() {
            found = found << 1 | usize::from(self.even(own >> bit & 1 == 1));
        }
        self.is_wrong |= found >= count;
        found
    }

    pub(super) fn day(&mut self, day: Option<Date>, near: Date) -> Option<Date> {
        let apart = day.map_or(0, |day| day.days() - near.days());
        let is_before = self.flag(Flag::Sign, apart < 0);
        let apart = self.number(NumberKind::Day, apart.abs(), 4_000_000);
        let days = near.days() + if is_before { -apart } else { apart };
        let found = Date::from_days(days);
        self.is_wrong |= found.is_none();
        found
    }

    /// A text, or only whether there is one.
    pub(super) fn text(&mut self, flag: Flag, text: &str) -> String {
        if !self.flag(flag, !is_blank(text)) {
            return String::new();
        }
        if self.texts == Texts::Left {
            return PLACEHOLDER.to_owned();
        }
        let limit = i64::try_from(self.room).unwrap_or_default();
        let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
        let length = self.number(NumberKind::Length, length, limit);
        let length = usize::try_from(length).unwrap_or_default();
        self.room = self.room.saturating_sub(length);
        let mut bytes = Vec::with_capacity(length);
        for index in 0..length {
            let own = text.as_bytes().get(index).copied().unwrap_or_default();
            let mut node = 1usize;
            for bit in (0..8).rev() {
                let bit = self.coder.code(&mut self.letters[node], own >> bit & 1 == 1);
                node = node << 1 | usize::from(bit);
            }
            bytes.push((node & 0xFF) as u8);
        }
        let found = String::from_utf8(bytes).unwrap_or_default();
        self.is_wrong |= is_blank(&found);
        found
    }
}
