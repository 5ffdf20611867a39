//! A small random number generator, so that a corpus is the same on every machine and for ever.

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
pub struct Random(u64);

impl Random {
    /// A generator for one thing of one corpus: the same numbers for the same pair.
    pub fn new(seed: u64, thing: u64) -> Random {
        let mut random = Random(seed ^ thing.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        random.next();
        random
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number from 0 to 1, 1 left out.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Whether something happens that happens once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several things.
    pub fn of<'a, T: ?Sized>(&mut self, things: &[&'a T]) -> &'a T {
        things[self.below(things.len())]
    }

    /// A size with this median, log-normal with this spread, between two bounds.
    ///
    /// Only sums and products, which every machine rounds alike: the normal number is a sum of twelve even
    /// ones, and the exponential is (1 + x/1024)^1024.
    pub fn log_normal(&mut self, median: f64, spread: f64, bounds: (usize, usize)) -> usize {
        let normal = (0..12).map(|_| self.unit()).sum::<f64>() - 6.0;
        let mut grown = 1.0 + spread * normal / 1024.0;
        for _ in 0..10 {
            grown *= grown;
        }
        ((median * grown) as usize).clamp(bounds.0, bounds.1)
    }
}
