//! What decides what cleaning makes of a document: version, settings, rules.
use crate::config::Config;
use crate::model::{Error, Result};
use crate::rules::RuleSet;
use serde::{Deserialize, Serialize};

/// Bytes of a BLAKE3 hash that stand in each cleaned document: 128 bits.
pub(super) const KEY_BYTES: usize = 16;

/// The version, the settings and the rules by which documents were cleaned. Where two are equal, the same document
/// is cleaned to the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The version of the program.
    pub version: String,
    /// [`Config::fingerprint`]: the settings that change the output.
    pub config: String,
    /// [`RuleSet::fingerprint`]: what the rules say.
    pub rules: String,
}

impl Fingerprint {
    /// That of this program with these settings and rules.
    pub fn of(config: &Config, rules: &RuleSet) -> Fingerprint {
        let version = env!("CARGO_PKG_VERSION").to_string();
        Fingerprint { version, config: config.fingerprint(), rules: rules.fingerprint() }
    }

    /// All of it in 16 bytes.
    pub fn key(&self) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new();
        for word in [&self.version, &self.config, &self.rules] {
            hasher.update(word.as_bytes()).update(b"\n");
        }
        let mut key = [0; KEY_BYTES];
        hasher.finalize_xof().fill(&mut key);
        key
    }

    /// Refuses what was cleaned otherwise.
    ///
    /// # Errors
    /// It says what is another: the version, the settings or the rules.
    pub fn check(&self, other: &Fingerprint) -> Result<()> {
        self.difference(other).map_or(Ok(()), |difference| Err(Error::Cleaned(difference)))
    }

    /// What is another, in words.
    pub(super) fn difference(&self, other: &Fingerprint) -> Option<String> {
        let pairs = [
            ("version", &self.version, &other.version),
            ("settings", &self.config, &other.config),
            ("rules", &self.rules, &other.rules),
        ];
        let differing = pairs.into_iter().filter(|(_, here, there)| here != there);
        let short = |hash: &str| hash.chars().take(SHORT_HASH).collect::<String>();
        let differing: Vec<String> = differing
            .map(|(what, here, there)| format!("other {what} ({}, here {})", short(there), short(here)))
            .collect();
        (!differing.is_empty())
            .then(|| format!("was cleaned with {}; clean all documents alike", differing.join(" and ")))
    }
}

/// Digits of a hash that are shown.
pub(super) const SHORT_HASH: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_the_output_changes_the_fingerprint() {
        let rules = RuleSet::load(&[], &[]).unwrap();
        let one = Fingerprint::of(&Config::default(), &rules);
        let mut config = Config::default();
        config.run.threads = 7;
        assert_eq!(Fingerprint::of(&config, &rules).key(), one.key());
        config.strip.strictness = 0.7;
        let other = Fingerprint::of(&config, &rules);
        assert_ne!(other.key(), one.key());
        let message = one.check(&other).unwrap_err().to_string();
        assert!(message.contains("other settings") && !message.contains("rules"), "{message}");
        let first = rules.rules()[0].id.to_string();
        let fewer = RuleSet::load(&[], &[first]).unwrap();
        let message = one.check(&Fingerprint::of(&Config::default(), &fewer)).unwrap_err().to_string();
        assert!(message.contains("other rules") && !message.contains("settings"), "{message}");
        assert!(one.check(&one.clone()).is_ok());
    }
}
