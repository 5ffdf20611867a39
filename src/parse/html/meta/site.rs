//! The site's name, and titles without it.
use super::evidence::Evidence;
use super::json_ld::Linked;

/// What sites put between a headline and their name.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " › ", " ~ ", " / ", "_", "|"];

/// Words of a site's name, at most.
const NAME_WORDS: usize = 4;

/// The names that a site goes by, letters and digits alone, in lower case.
#[derive(Debug, Default)]
pub(super) struct Site(Vec<String>);

impl Site {
    /// Gathers the names: those that the page gives, and those of its host.
    pub(super) fn of(evidence: &Evidence<'_>, linked: &Linked, url: Option<&str>) -> Site {
        let mut names: Vec<String> = Vec::new();
        let given =
            [evidence.meta("og:site_name"), evidence.meta("application-name"), linked.site.as_deref()];
        names.extend(given.into_iter().flatten().map(joined));
        for address in [url, evidence.canonical, evidence.meta("og:url")].into_iter().flatten() {
            let Some((_, rest)) = address.split_once("://") else { continue };
            let host = rest.split('/').next().unwrap_or_default();
            let host = host.strip_prefix("www.").unwrap_or(host);
            names.push(joined(host));
            names.extend(host.split('.').filter(|label| label.len() > 3).map(joined));
        }
        names.retain(|name| !name.is_empty());
        Site(names)
    }

    /// Whether a text is the site's name and nothing else.
    pub(super) fn is_named(&self, text: &str) -> bool {
        let text = joined(text);
        self.0.contains(&text)
    }
}

/// Letters and digits of a text, in lower case.
fn joined(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of a text, in lower case, one blank between them.
pub(super) fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A title without the names of the site around it: down to what another headline of the page says too, else without
/// the parts that name the site, else (`boldly`, for titles that mostly carry one) without a short last part.
pub(super) fn strip(title: &str, site: &Site, others: &[String], boldly: bool) -> String {
    let cuts: Vec<(usize, usize)> = {
        let mut cuts: Vec<(usize, usize)> = SEPARATORS
            .iter()
            .flat_map(|mark| title.match_indices(mark).map(|(at, mark)| (at, at + mark.len())))
            .collect();
        cuts.sort_unstable();
        cuts
    };
    let parts = || cuts.iter().flat_map(|&(left, right)| [&title[..left], &title[right..]]);
    if let Some(part) =
        parts().filter(|part| others.contains(&folded(part))).min_by_key(|part| std::cmp::Reverse(part.len()))
    {
        return part.trim().to_string();
    }
    let mut rest = title;
    while let Some(shorter) = without_site(rest, site) {
        rest = shorter;
    }
    if boldly
        && rest.len() == title.len()
        && let Some(&(left, right)) = cuts.last()
    {
        let (before, after) = (&title[..left], &title[right..]);
        let count = |text: &str| text.split_whitespace().count();
        if count(after) <= NAME_WORDS && count(before) > count(after) {
            rest = before;
        }
    }
    rest.trim().to_string()
}

/// The title without its first or last part, if that names the site.
fn without_site<'a>(title: &'a str, site: &Site) -> Option<&'a str> {
    SEPARATORS.iter().find_map(|mark| {
        let last = title.rsplit_once(mark).filter(|(_, name)| site.is_named(name)).map(|(rest, _)| rest);
        let rest = last
            .or_else(|| title.split_once(mark).filter(|(name, _)| site.is_named(name)).map(|(_, rest)| rest));
        rest.filter(|rest| !rest.trim().is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        Site::of(&Evidence::default(), &Linked::default(), Some("https://www.harbour-post.example/a"))
    }

    #[test]
    fn the_name_of_the_site_leaves_the_title() {
        for title in [
            "Ferry is late | Harbour Post",
            "Harbour Post - Ferry is late",
            "Ferry is late – HarbourPost.example",
        ] {
            assert_eq!(strip(title, &site(), &[], false), "Ferry is late", "{title}");
        }
        assert_eq!(strip("Ferry - late again", &site(), &[], false), "Ferry - late again");
    }

    #[test]
    fn a_headline_that_the_page_shows_decides() {
        let shown = [folded("Ferry - late again!")];
        assert_eq!(
            strip("Ferry - late again | News | The Post", &site(), &shown, false),
            "Ferry - late again"
        );
        assert_eq!(strip("Ferry is late again - The Post", &site(), &[], true), "Ferry is late again");
    }
}
