//! What a page says of its own content: evidence for judges, never output.

/// Claims of a page about itself, from its metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageClaims {
    /// The description that the page gives of itself.
    pub description: Option<String>,
    /// The text of the article, as its JSON-LD gives it (`articleBody`): often whole, at times cut or stale.
    pub article_body: Option<String>,
    /// What the page says that it is, in lower case: types of JSON-LD (`newsarticle`) and of Open Graph.
    pub types: Vec<String>,
}

impl PageClaims {
    /// Whether a claimed type holds this word.
    pub fn is(&self, word: &str) -> bool {
        self.types.iter().any(|claimed| claimed.contains(word))
    }
}
