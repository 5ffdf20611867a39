//! Why text went, in a few groups that each have a colour, and what is known of each rule.
use crate::model::{SITE_RULE, Verdict};
use crate::rules::{Category, RuleSet};
use std::collections::HashMap;

/// A group of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Furniture,
    Links,
    Adverts,
    Media,
    Bylines,
    Unlike,
    Repeats,
    User,
    Field,
    Duplicate,
}

impl Group {
    /// All, in the order of legends.
    pub(super) const ALL: [Group; 10] = [
        Group::Furniture,
        Group::Links,
        Group::Adverts,
        Group::Media,
        Group::Bylines,
        Group::Unlike,
        Group::Repeats,
        Group::User,
        Group::Field,
        Group::Duplicate,
    ];

    /// The name of its colour in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Group::Furniture => "g-furniture",
            Group::Links => "g-links",
            Group::Adverts => "g-adverts",
            Group::Media => "g-media",
            Group::Bylines => "g-bylines",
            Group::Unlike => "g-unlike",
            Group::Repeats => "g-repeats",
            Group::User => "g-user",
            Group::Field => "g-field",
            Group::Duplicate => "g-duplicate",
        }
    }

    /// Its name, short enough for a chart.
    pub(super) fn title(self) -> &'static str {
        match self {
            Group::Furniture => "Page furniture",
            Group::Links => "Links elsewhere",
            Group::Adverts => "Adverts, appeals",
            Group::Media => "Captions, media",
            Group::Bylines => "Bylines, dates",
            Group::Unlike => "Unlike the text",
            Group::Repeats => "Repeated lines",
            Group::User => "Your selectors",
            Group::Field => "Became fields",
            Group::Duplicate => "Duplicates",
        }
    }

    /// What is in it.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Group::Furniture => "menus, footers, buttons, consent, legal notes, comment forms, hidden text",
            Group::Links => "read-more lines, related articles, teasers, tags",
            Group::Adverts => "advertisements, newsletters, apps, paywalls, appeals for money",
            Group::Media => "captions, credits, players, icons",
            Group::Bylines => "authors, agencies, dates, reading times",
            Group::Unlike => "what its shape, place and company tell apart from the text",
            Group::Repeats => "lines said twice on a page, or on many pages of a site",
            Group::User => "what your --select and --drop rule out",
            Group::Field => "titles, authors, dates and credits that are metadata now",
            Group::Duplicate => "paragraphs that say again what an earlier one says",
        }
    }

    /// The group of a verdict; none for what stays.
    pub(super) fn of(verdict: &Verdict, notes: &Notes) -> Option<Group> {
        match verdict {
            Verdict::Keep => None,
            Verdict::Field(..) => Some(Group::Field),
            Verdict::Duplicate { .. } => Some(Group::Duplicate),
            Verdict::Cut(rule) => Some(notes.of(rule.as_str()).group),
            Verdict::Repeated { .. } => Some(notes.of(SITE_RULE).group),
        }
    }

    /// The group of the words of a category, with the category's name.
    fn of_category(category: Category) -> (Group, &'static str) {
        match category {
            Category::Advert => (Group::Adverts, "advert"),
            Category::Agency => (Group::Bylines, "agency"),
            Category::App => (Group::Adverts, "app"),
            Category::Audio => (Group::Media, "audio"),
            Category::Byline => (Group::Bylines, "byline"),
            Category::Caption => (Group::Media, "caption"),
            Category::Comments => (Group::Furniture, "comments"),
            Category::Consent => (Group::Furniture, "consent"),
            Category::Credit => (Group::Media, "credit"),
            Category::Glyph => (Group::Media, "glyph"),
            Category::Legal => (Group::Furniture, "legal"),
            Category::Live => (Group::Links, "live"),
            Category::Login => (Group::Furniture, "login"),
            Category::Nav => (Group::Furniture, "nav"),
            Category::Newsletter => (Group::Adverts, "newsletter"),
            Category::Paywall => (Group::Adverts, "paywall"),
            Category::ReadMore => (Group::Links, "read-more"),
            Category::ReadingTime => (Group::Bylines, "reading-time"),
            Category::Related => (Group::Links, "related"),
            Category::Selector => (Group::Furniture, "selector"),
            Category::Share => (Group::Furniture, "share"),
            Category::Site => (Group::Furniture, "site"),
            Category::Supporter => (Group::Adverts, "supporter"),
            Category::Tags => (Group::Links, "tags"),
            Category::Timestamp => (Group::Bylines, "timestamp"),
            Category::Video => (Group::Media, "video"),
        }
    }

    /// The group of a rule of context, with the name of the judge that goes by it.
    fn of_judge(rule: &'static str) -> (Group, &'static str) {
        let (judge, name) = rule.split_once('/').unwrap_or((rule, ""));
        let group = match (judge, name) {
            ("page" | "chrome", "links") | ("run", "teaser") => Group::Links,
            ("page" | "chrome", "hidden" | "furniture" | "anchor" | "reading") | ("run", "option") => {
                Group::Furniture
            }
            ("run", "rest") => Group::Adverts,
            ("caption" | "credit", _) => Group::Media,
            ("headline", _) => Group::Bylines,
            ("repeat" | "site", _) => Group::Repeats,
            ("user", _) => Group::User,
            ("page", "unlike-content") | ("chrome", "outside") | ("score" | "context", _) => Group::Unlike,
            _ => {
                debug_assert!(false, "{rule}: a judge's rule that stands in no group of the report");
                Group::Unlike
            }
        };
        (group, judge)
    }
}

/// What is known of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) group: Group,
    /// The kind of cruft, or the judge.
    pub(super) category: &'static str,
    /// What it finds, in one line.
    pub(super) summary: String,
}

/// What is known of all rules, by name: the group and the kind of each, and what it finds.
#[derive(Debug, Clone)]
pub struct Notes {
    by_rule: HashMap<String, Note>,
    unknown: Note,
}

impl Notes {
    /// The rules of words, and those of context with what each finds.
    pub(crate) fn new(
        rules: &RuleSet,
        of_context: impl IntoIterator<Item = (&'static str, &'static str)>,
    ) -> Notes {
        let words = rules.rules().iter().map(|rule| {
            let (group, category) = Group::of_category(rule.category);
            (rule.id.to_string(), Note { group, category, summary: rule.summary.clone() })
        });
        let context = of_context.into_iter().map(|(id, summary)| {
            let (group, category) = Group::of_judge(id);
            (id.to_string(), Note { group, category, summary: summary.to_string() })
        });
        let unknown = Note { group: Group::Unlike, category: "", summary: String::new() };
        Notes { by_rule: words.chain(context).collect(), unknown }
    }

    /// What is known of a rule. The user's selectors are named after theirs: `user/drop: .tip`.
    pub(super) fn of(&self, rule: &str) -> &Note {
        let name = || rule.split(": ").next().unwrap_or(rule);
        self.by_rule.get(rule).or_else(|| self.by_rule.get(name())).unwrap_or(&self.unknown)
    }
}
