//! `gleaner rules test`: what it says to those who write rules.
mod place;
mod support;

use place::Place;
use support::repo;

/// A file of two rules, each with an example that does not hold.
const WRONG: &str = r#"# Rules of a paper.

[teaser]
category = "related"
summary = "Teasers of other stories."
start = ["also in this paper"]
max_words = 9
cuts = ["Also in this paper: the bridge",
        "Also in this paper you find all that was said of the bridge",
        "Read more: the bridge"]
keeps = ["Also in this paper was a drawing of it."]

[stamp]
category = "timestamp"
summary = "Times of printing."
regex = ['printed at \d+']
cuts = ["Printed at 12", "Printed late"]
keeps = ["Advertisement"]
"#;

#[test]
fn each_example_that_fails_is_named_with_its_line_and_what_took_it() {
    let place = Place::new();
    place.put("paper.toml", WRONG.as_bytes());
    let said = place.say(&["rules", "test", "paper.toml"]);
    assert_eq!(said.code, 1, "{}", said.err);
    let expected = "\
paper.toml:9: paper/teaser does not cut \"Also in this paper you find all that was said of the bridge\": \
no rule takes it (it has 13 words, and max_words is 9)
paper.toml:10: paper/teaser does not cut \"Read more: the bridge\": en/read-more takes it
paper.toml:11: paper/teaser is to keep \"Also in this paper was a drawing of it.\": en/related and paper/teaser take it
paper.toml:17: paper/stamp does not cut \"Printed late\": no rule takes it
paper.toml:18: paper/stamp is to keep \"Advertisement\": en/advert takes it
2 rules: 2 examples hold, 5 do not
";
    assert_eq!(said.out, expected);
}

#[test]
fn a_file_whose_examples_hold_ends_with_0() {
    let place = Place::new();
    let right = WRONG
        .replace("cuts = [\"Printed at 12\", \"Printed late\"]\nkeeps = [\"Advertisement\"]", "cuts = [\"Printed at 12\"]")
        .replace(",\n        \"Also in this paper you find all that was said of the bridge\",\n        \"Read more: the bridge\"", "")
        .replace("Also in this paper was a drawing of it.", "The paper was printed at noon, and also in colour.");
    place.put("paper.toml", right.as_bytes());
    let said = place.say(&["rules", "test", "paper.toml"]);
    assert_eq!((said.code, said.out.as_str()), (0, "2 rules: 3 examples hold, 0 do not\n"), "{}", said.err);
    place.put("gleaner.toml", b"[strip]\nrules = [\"paper.toml\"]\nwithout = [\"en/advert\"]\n");
    let said = place.say(&["rules", "test", "paper.toml", "--config", "gleaner.toml"]);
    assert_eq!((said.code, said.out.as_str()), (0, "2 rules: 3 examples hold, 0 do not\n"), "{}", said.err);
}

#[test]
fn a_table_built_in_takes_its_own_place() {
    let place = Place::new();
    let table = std::fs::read_to_string(repo("src/rules/fi.toml")).unwrap();
    let first = table.find("cuts = [").unwrap();
    place.put(
        "fi.toml",
        format!("{}cuts = [\"Kukkakaali\", {}", &table[..first], &table[first + 8..]).as_bytes(),
    );
    let said = place.say(&["rules", "test", "fi.toml"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert_eq!(said.out.lines().count(), 2, "{}", said.out);
    assert!(said.out.contains("Kukkakaali"), "{}", said.out);
    place.put("fi.toml", table.as_bytes());
    assert_eq!(place.say(&["rules", "test", "fi.toml"]).code, 0);
}

#[test]
fn what_is_no_file_of_rules_is_refused_with_its_line() {
    let place = Place::new();
    let table = "[a]\ncategory = \"advert\"\nsummary = \"s\"\n";
    for (text, words) in [
        (format!("\n\n{table}line = [\"x\"]\ncuts = []\n"), "line 3: [a] has no example"),
        (format!("{table}lines = [\"x\"]\ncuts = [\"x\"]\n"), "line 4"),
        (format!("{table}regex = [\"(\"]\ncuts = [\"x\"]\n"), "is no regular expression"),
    ] {
        place.put("paper.toml", text.as_bytes());
        let said = place.say(&["rules", "test", "paper.toml"]);
        assert_eq!(said.code, 2, "{}", said.err);
        assert!(said.out.is_empty() && said.err.contains("pa") && said.err.contains(words), "{}", said.err);
    }
    assert_eq!(place.say(&["rules", "test", "no-such.toml"]).code, 2);
}
