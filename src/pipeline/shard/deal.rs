//! Which shard takes which document: the same on every machine that finds the same sources.
//!
//! Sources are laid end to end by their sizes, and that line is cut into as many equal stretches as there are shards:
//! a source goes whole to the shard in whose stretch it begins. So a shard reads its own sources only, and they
//! follow one another in the corpus. A source that is larger than a stretch, or of a size that is not known, is read by
//! every shard, and its documents are dealt out one by one.
use super::Shard;
use crate::config::ReadConfig;
use crate::model::Trouble;
use crate::pipeline::batch::Load;
use crate::pipeline::source::Met;
use crate::read::{self, Found, Source};
use crate::write::Place;

/// Who takes the documents of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// This shard, from 0.
    One(u32),
    /// All, each its share.
    All,
}

impl Owner {
    /// Whether a shard takes the document of this number.
    fn takes(self, shard: Shard, number: u64) -> bool {
        match self {
            Owner::One(one) => one == shard.index(),
            Owner::All => number % u64::from(shard.of) == u64::from(shard.index()),
        }
    }

    /// Whether a shard need not read the source at all.
    fn is_other(self, shard: Shard) -> bool {
        matches!(self, Owner::One(one) if one != shard.index())
    }
}

/// What was found, as it is dealt out.
pub(super) struct Deal {
    found: Vec<Found>,
    owners: Vec<Owner>,
    shard: Shard,
}

impl Deal {
    /// Deals out what was found.
    pub(super) fn new(found: Vec<Found>, shard: Shard) -> Deal {
        Deal { owners: owners(&found, shard.of), found, shard }
    }

    /// The first source of which this shard may take documents.
    pub(super) fn first(&self) -> usize {
        let own = self.owners.iter().position(|owner| !owner.is_other(self.shard));
        own.unwrap_or(self.owners.len())
    }

    /// What every shard must find: how many sources, their bytes, and a hash of names and sizes.
    pub(super) fn inputs(&self) -> super::Inputs {
        let mut hasher = blake3::Hasher::new();
        for found in &self.found {
            let row = match found {
                Found::Source(source) => format!("{} bytes: {}\n", source.bytes, source.name),
                Found::Trouble(Trouble::Skipped(skipped)) => {
                    format!("{}: {}\n", skipped.reason.name(), skipped.origin)
                }
                Found::Trouble(Trouble::Failed(failure)) => format!("failed: {}\n", failure.origin),
            };
            hasher.update(row.as_bytes());
        }
        super::Inputs {
            sources: self.found.len() as u64,
            bytes: self.found.iter().map(bytes).sum(),
            blake3: hasher.finalize().to_hex().to_string(),
        }
    }

    /// The shard's documents with their places, in the order of the corpus.
    pub(super) fn documents(self, limits: &ReadConfig) -> impl Iterator<Item = Placed> + Send + use<> {
        let (limits, shard) = (limits.clone(), self.shard);
        let dealt = self.found.into_iter().zip(self.owners).zip(0u32..);
        let own = dealt.filter(move |((_, owner), _)| !owner.is_other(shard));
        own.flat_map(move |((found, owner), source)| {
            let documents = read::documents(vec![found], &limits).zip(0u64..);
            let taken = documents.filter(move |(_, number)| owner.takes(shard, *number));
            taken.map(move |(item, number)| Placed {
                met: Met::new(item, None),
                place: Place { source, number },
            })
        })
    }
}

/// A document that was read, with its place.
pub(super) struct Placed {
    pub(super) met: Met,
    pub(super) place: Place,
}

impl Load for Placed {
    fn bytes(&self) -> usize {
        self.met.bytes()
    }

    fn took(&mut self, seconds: f64) {
        self.met.took(seconds);
    }
}

fn bytes(found: &Found) -> u64 {
    match found {
        Found::Source(source) => source.bytes,
        Found::Trouble(_) => 0,
    }
}

fn owners(found: &[Found], shards: u32) -> Vec<Owner> {
    let share = found.iter().map(bytes).sum::<u64>() / u64::from(shards);
    let is_dealt = |found: &Found| match found {
        Found::Source(Source { path: None, .. }) => true,
        found => bytes(found) > share,
    };
    let line: u64 = found.iter().filter(|found| !is_dealt(found)).map(bytes).sum();
    let mut begin = 0;
    let mut owner = |found: &Found| {
        if is_dealt(found) {
            return Owner::All;
        }
        let stretch = u128::from(begin) * u128::from(shards) / u128::from(line.max(1));
        begin += bytes(found);
        Owner::One(u32::try_from(stretch).unwrap_or(shards).min(shards - 1))
    };
    found.iter().map(&mut owner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn sources(sizes: &[u64]) -> Vec<Found> {
        let source = |(n, &bytes): (usize, &u64)| {
            let name = n.to_string();
            Found::Source(Source { path: Some(PathBuf::from(&name)), name, within: None, bytes })
        };
        sizes.iter().enumerate().map(source).collect()
    }

    #[test]
    fn sources_go_whole_and_in_a_row_to_shards_of_like_size() {
        let owners = owners(&sources(&[10; 100]), 7);
        let of = |owner: &Owner| match owner {
            Owner::One(one) => *one,
            Owner::All => panic!("dealt"),
        };
        let owners: Vec<u32> = owners.iter().map(of).collect();
        assert!(owners.is_sorted());
        let sizes: Vec<usize> = (0..7).map(|n| owners.iter().filter(|&&owner| owner == n).count()).collect();
        assert!(sizes.iter().all(|&size| size == 14 || size == 15), "{sizes:?}");
    }

    #[test]
    fn what_is_larger_than_a_share_is_dealt_by_document() {
        let owners = owners(&sources(&[1, 100, 1, 1]), 2);
        assert_eq!(owners, [Owner::One(0), Owner::All, Owner::One(0), Owner::One(1)]);
        let taken = |n| (1..=2).filter(|&number| Owner::All.takes(Shard { number, of: 2 }, n)).count();
        assert!((0..10).all(|n| taken(n) == 1));
    }

    #[test]
    fn empty_sources_and_more_shards_than_sources_are_no_trouble() {
        assert_eq!(owners(&sources(&[0, 0]), 3), [Owner::One(0), Owner::One(0)]);
        assert_eq!(owners(&sources(&[5]), 3), [Owner::All]);
        assert!(owners(&[], 3).is_empty());
        let deal = Deal::new(sources(&[1, 1]), Shard { number: 2, of: 2 });
        assert_eq!(deal.first(), 1);
    }
}
