//! How tests that try arbitrary inputs choose them.
//!
//! A test that fails today and passes tomorrow helps nobody, so the inputs are the same in each run. `./test --explore`
//! looks for new ones. What it finds is written to `proptest-regressions/` and committed, and is tried first from then
//! on.

use proptest::test_runner::{Config, RngSeed};

/// The seed of the inputs. Any number will do.
const SEED: u64 = 20_250_412;

/// Tries `cases` inputs, the same in each run; or, while exploring, that many times more new ones.
#[allow(clippy::disallowed_methods, clippy::expect_used, reason = "whoever explores says so in the environment")]
#[must_use]
pub fn trials(cases: u32) -> Config {
    let explore = std::env::var("BACKGROUNDER_EXPLORE").ok();
    match explore.map(|times| times.parse::<u32>()) {
        None => Config { cases, rng_seed: RngSeed::Fixed(SEED), ..Config::default() },
        Some(times) => {
            let times = times.expect("BACKGROUNDER_EXPLORE is how many times as many inputs are tried");
            Config { cases: cases.saturating_mul(times), rng_seed: RngSeed::Random, ..Config::default() }
        }
    }
}
