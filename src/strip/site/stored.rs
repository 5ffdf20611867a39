//! What is known of sites, as bytes that a state folder keeps: sorted, the same for the same knowledge.
use super::counts::{Count, Counts, PRINTS, Site};
use std::fmt;

/// The first bytes, with the version of the format and of what a line's key is made of.
const MAGIC: &[u8; 8] = b"GLEANST1";

/// Bytes that are not what was written, or of another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is of another version, or cut")
    }
}

impl Counts {
    /// All that is known.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(self.pages.to_le_bytes());
        out.extend((self.sites.len() as u32).to_le_bytes());
        for (name, site) in &self.sites {
            out.extend((name.len() as u32).to_le_bytes());
            out.extend(name.as_bytes());
            out.extend(site.pages.to_le_bytes());
            out.extend(site.last.to_le_bytes());
            out.extend((site.lines.len() as u32).to_le_bytes());
            let mut lines: Vec<_> = site.lines.iter().collect();
            lines.sort_unstable_by_key(|(key, _)| **key);
            for (key, count) in lines {
                out.extend(key.to_le_bytes());
                out.extend(count.pages.to_le_bytes());
                out.extend(count.born.to_le_bytes());
                count.prints.iter().for_each(|print| out.extend(print.to_le_bytes()));
            }
        }
        out
    }

    /// What was written.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Counts, Damaged> {
        let mut reader = Reader(bytes);
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(Damaged);
        }
        let mut counts = Counts { pages: reader.u64()?, ..Counts::default() };
        for _ in 0..reader.u32()? {
            let length = reader.u32()? as usize;
            let name = std::str::from_utf8(reader.take(length)?).map_err(|_| Damaged)?;
            let mut site = Site { pages: reader.u32()?, last: reader.u64()?, ..Site::default() };
            for _ in 0..reader.u32()? {
                let (key, pages, born) = (reader.u64()?, reader.u32()?, reader.u32()?);
                let mut prints = [0; PRINTS];
                for print in &mut prints {
                    *print = reader.u16()?;
                }
                site.lines.insert(key, Count { pages, born, prints });
            }
            counts.size += 1 + site.lines.len();
            counts.sites.insert(name.into(), site);
        }
        if reader.0.is_empty() { Ok(counts) } else { Err(Damaged) }
    }
}

/// Reads what was written, front to back.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(Damaged)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Damaged> {
        self.take(N)?.try_into().map_err(|_| Damaged)
    }

    fn u16(&mut self) -> Result<u16, Damaged> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, Damaged> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, Damaged> {
        self.array().map(u64::from_le_bytes)
    }
}
