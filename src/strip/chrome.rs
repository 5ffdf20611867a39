//! What a page's elements say of its blocks: hidden text, menus, footers, comments, and what lies outside the
//! main content.
use super::sheet::Sheet;
use super::{Judge, JudgeRule};

/// The row in `JUDGES`.
pub(super) const JUDGE: Judge = Judge { name: "page", rules: &[HIDDEN], judge };

const HIDDEN: JudgeRule =
    JudgeRule { id: "page/hidden", summary: "Text that the page hides from its readers." };

fn judge(sheet: &mut Sheet<'_>) {
    if !sheet.is_page() {
        return;
    }
    for n in 0..sheet.lines.len() {
        if sheet.block(n).evidence.hidden {
            sheet.lines[n].cut(HIDDEN.id);
        }
    }
}
