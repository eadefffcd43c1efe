//! What holds of every pack and every form, tried on random ones. The random numbers are the same in
//! every run; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` try others.
#![cfg(test)] // so that clippy knows these helpers for tests

mod bytes;
mod forms;
mod generate;
mod moves;
mod scoring;
mod steps;
mod texts;

pub(crate) use forms::{fill, filling};
pub(crate) use generate::{Rules, pack_text};

use bon_tot::form::{Assessment, Period};
use bon_tot::pack::{Pack, PeriodKind};
use bon_tot::value::{AssessmentId, Date, Instant};
use proptest::test_runner::{Config, RngSeed};

/// So many cases, unless the environment asks for another number.
pub(crate) fn cases(count: u32) -> Config {
    let mut config = Config::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = count;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(2024);
    }
    config.failure_persistence = None;
    config
}

fn blank(pack: &Pack) -> Assessment {
    let period = Period {
        kind: PeriodKind::Year,
        from: Date::parse("2026-01-01").unwrap(),
        to: Date::parse("2026-12-31").unwrap(),
    };
    let random = AssessmentId::from_bits([5; 16]);
    Assessment::blank(pack, random, period, Instant::from_unix(0)).unwrap()
}
