//! What is one of a few, as a byte: its place in a list. The lists only grow at their ends.
use super::Damaged;
use super::bytes::{Reader, Writer};
use crate::model::{BlockKind, DayOrder, DecidedBy, FieldName, FieldOrigin, Kind, SkipReason, Stage};

/// One of a few.
pub(super) trait OneOf: Copy + PartialEq + 'static {
    /// All of them.
    const ALL: &'static [Self];

    fn put(self, out: &mut Writer) {
        let place = Self::ALL.iter().position(|one| *one == self);
        debug_assert!(place.is_some(), "one is missing in the list");
        out.byte(place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX));
    }

    fn read(bytes: &mut Reader<'_>) -> Result<Self, Damaged> {
        Self::ALL.get(usize::from(bytes.byte()?)).copied().ok_or(Damaged)
    }
}

impl OneOf for Kind {
    const ALL: &'static [Kind] = &[Kind::Html, Kind::Text];
}

impl OneOf for DecidedBy {
    const ALL: &'static [DecidedBy] = &[
        DecidedBy::Bom,
        DecidedBy::WideLanes,
        DecidedBy::Escapes,
        DecidedBy::Utf8,
        DecidedBy::Http,
        DecidedBy::Meta,
        DecidedBy::Xml,
        DecidedBy::Detected,
        DecidedBy::Default,
    ];
}

impl OneOf for DayOrder {
    const ALL: &'static [DayOrder] = &[DayOrder::DayFirst, DayOrder::MonthFirst];
}

impl OneOf for FieldName {
    const ALL: &'static [FieldName] = FieldName::ALL;
}

impl OneOf for Option<FieldOrigin> {
    const ALL: &'static [Option<FieldOrigin>] = &[
        None,
        Some(FieldOrigin::Row),
        Some(FieldOrigin::JsonLd),
        Some(FieldOrigin::OpenGraph),
        Some(FieldOrigin::Meta),
        Some(FieldOrigin::Microdata),
        Some(FieldOrigin::Element),
        Some(FieldOrigin::Url),
        Some(FieldOrigin::Text),
    ];
}

impl OneOf for BlockKind {
    const ALL: &'static [BlockKind] = &[
        BlockKind::Paragraph,
        BlockKind::Heading(1),
        BlockKind::Heading(2),
        BlockKind::Heading(3),
        BlockKind::Heading(4),
        BlockKind::Heading(5),
        BlockKind::Heading(6),
        BlockKind::ListItem,
        BlockKind::Quote,
        BlockKind::TableRow,
        BlockKind::Code,
        BlockKind::Caption,
        BlockKind::Line,
    ];
}

impl OneOf for Stage {
    const ALL: &'static [Stage] = &Stage::ALL;
}

impl OneOf for SkipReason {
    const ALL: &'static [SkipReason] = &[
        SkipReason::Empty,
        SkipReason::Binary,
        SkipReason::SpecialFile,
        SkipReason::Link,
        SkipReason::OtherRecord,
        SkipReason::HttpStatus,
        SkipReason::MediaType,
        SkipReason::Known,
        SkipReason::Language,
        SkipReason::NothingKept,
        SkipReason::RunFile,
        SkipReason::Json,
    ];
}
