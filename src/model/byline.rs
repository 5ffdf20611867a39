//! Who of a byline is a person: roles, outlets and places stand in it too.

/// What journalists are, in lower case: wherever it stands, no name holds one.
pub(crate) const JOB_TITLES: &[&str] = &[
    "writer",
    "editor",
    "reporter",
    "correspondent",
    "contributor",
    "producer",
    "columnist",
    "journalist",
    "photographer",
    "redakteur",
    "redakteurin",
    "korrespondent",
    "korrespondentin",
];

/// More words of roles, in lower case: what holds one behind a name is no name.
const ROLES: &[&str] = &[
    // English
    "staff",
    "freelancer",
    "intern",
    "desk",
    "bureau",
    "editors",
    "reporters",
    "correspondents",
    "writers",
    // German, Dutch, Scandinavian
    "redaktion",
    "reporterin",
    "volontär",
    "redacteur",
    "verslaggever",
    "redactie",
    "redaktör",
    "redaktør",
    "journalistin",
    "skribent",
    "kolumnist",
    "medarbejder",
    // French, Spanish, Portuguese, Italian
    "journaliste",
    "correspondant",
    "correspondante",
    "rédacteur",
    "rédactrice",
    "rédaction",
    "periodista",
    "corresponsal",
    "redactor",
    "redactora",
    "redacción",
    "jornalista",
    "correspondente",
    "repórter",
    "redação",
    "giornalista",
    "corrispondente",
    "inviato",
    "inviata",
    "redazione",
    // Polish, Czech, Russian, Ukrainian, Turkish, Indonesian, Finnish
    "dziennikarz",
    "dziennikarka",
    "korespondent",
    "korespondentka",
    "redaktor",
    "redakcja",
    "redakce",
    "корреспондент",
    "журналист",
    "редактор",
    "обозреватель",
    "кореспондент",
    "журналіст",
    "muhabir",
    "muhabiri",
    "editör",
    "wartawan",
    "toimittaja",
];

/// Words of papers and stations: what holds one after a name is where its bearer works.
const OUTLETS: &[&str] = &[
    "news",
    "times",
    "press",
    "media",
    "magazine",
    "gazette",
    "herald",
    "tribune",
    "tv",
    "radio",
    "agency",
    "agencies",
    "network",
    "daily",
    "weekly",
    "newspaper",
    "zeitung",
    "nachrichten",
    "agentur",
    "agence",
    "agencia",
    "agência",
    "online",
];

/// Words between a name and where its bearer is or works.
const PLACES: &[&str] = &[" in ", " at ", " for ", " from ", " en ", " em ", " aus ", " à "];

/// The names of a byline without the roles and the outlets of their bearers. What comes first is believed to be a name.
pub(crate) fn without_roles(names: Vec<String>) -> Vec<String> {
    let first_is_full = names.first().is_some_and(|first| is_full(first));
    let is_other = |n: usize, name: &str| {
        n > 0 && first_is_full && [JOB_TITLES, ROLES, OUTLETS].iter().any(|list| holds(name, list))
    };
    let names = names.iter().enumerate().filter(|(n, name)| !is_other(*n, name));
    names.map(|(_, name)| without_place(name).to_string()).collect()
}

/// The people among the names of a byline that readers see: there a single word after a full name is a place or an
/// outlet too.
pub(crate) fn people_of_byline(names: Vec<String>) -> Vec<String> {
    let mut people = without_roles(names);
    let first_is_full = people.first().is_some_and(|first| is_full(first));
    let mut n = 0;
    people.retain(|name| {
        n += 1;
        n == 1 || !first_is_full || is_full(name)
    });
    people
}

/// Whether a name has more than one word.
fn is_full(name: &str) -> bool {
    name.split_whitespace().nth(1).is_some()
}

fn holds(name: &str, list: &[&str]) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    name.split_whitespace().any(|word| list.contains(&bare(word).as_str()))
}

/// A name without the place or the outlet that follows it.
fn without_place(name: &str) -> &str {
    let before = |word: &&str| {
        let (name, place) = name.split_once(*word)?;
        let is_named = place.starts_with(char::is_uppercase) || place.starts_with("the ");
        (is_full(name) && is_named).then_some(name)
    };
    PLACES.iter().find_map(before).unwrap_or(name).trim()
}

#[cfg(test)]
mod tests {
    #[test]
    fn roles_outlets_and_places_are_no_people() {
        for (names, expected) in [
            (&["Ada Moor", "Arts Correspondent"][..], &["Ada Moor"][..]),
            (&["Ada Moor", "Lakeside News"], &["Ada Moor"]),
            (&["Ada Moor", "Q7"], &["Ada Moor"]),
            (&["Ada Moor in Arden", "Bo in 't Veld"], &["Ada Moor", "Bo in 't Veld"]),
            (&["Ada Moor for the Lantern"], &["Ada Moor"]),
            (&["Redaktion"], &["Redaktion"]),
            (&["Lakeside News"], &["Lakeside News"]),
            (&["诺拉", "张三"], &["诺拉", "张三"]),
            (&["Norna", "Bo Lind"], &["Norna", "Bo Lind"]),
        ] {
            let names = names.iter().map(|name| name.to_string()).collect();
            assert_eq!(super::people_of_byline(names), expected);
        }
    }
}
