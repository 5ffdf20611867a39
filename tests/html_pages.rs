//! Real pages: the tree is scraper's own, node for node, wherever no limit was met.
mod corpus;

use gleaner::html::{Keep, parse};
use scraper::Html;

#[test]
#[ignore = "reads a collection that GLEANER_CORPUS names"]
fn the_tree_of_every_page_is_that_of_scraper() {
    let folder = corpus::folder("extraction-dev").unwrap();
    let (mut same, mut guarded, mut different) = (0, Vec::new(), Vec::new());
    for (id, html) in corpus::pages(&folder, None) {
        let parsed = parse(&html, Keep::All);
        if parsed.html == Html::parse_document(&html) {
            same += 1;
        } else if parsed.guarded > 0 {
            guarded.push(id);
        } else {
            different.push(id);
        }
    }
    eprintln!("{same} pages with the same tree; a limit met: {guarded:?}; different: {different:?}");
    assert!(different.is_empty());
}
