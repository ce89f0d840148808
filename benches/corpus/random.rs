//! Numbers that look random and are the same everywhere.

/// What a generator is for, so that records of different kinds with the same number differ.
#[derive(Clone, Copy)]
pub enum Salt {
    Section = 1,
    SectionBody,
    Event,
    EventRecord,
    EventSources,
    Entity,
    EntityRecord,
    SourceRecord,
    Claim,
    ClaimRecord,
    TermRecord,
    Page,
}

/// `SplitMix64` (Steele, Lea, Flood 2014).
pub struct Rng(u64);

impl Rng {
    /// The generator of one record.
    pub fn of(salt: Salt, at: usize) -> Self {
        let mut rng = Self((salt as u64) << 40 ^ at as u64);
        // One draw separates neighboring seeds.
        Self(rng.draw())
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 if there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.draw()) * limit as u128) >> 64) as usize
    }

    /// A number from `low` to `high`, inclusive.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in `percent` percent of cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `from`, which isn't empty.
    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// A rank below `count`, with a frequency of about 1 / √r for rank `r`: a few are popular and none is left out.
    pub fn ranked(&mut self, count: usize) -> usize {
        const BITS: u32 = 20;
        let draw = self.below(1 << BITS) as u128;
        ((draw * draw * count as u128) >> (2 * BITS)) as usize
    }
}
