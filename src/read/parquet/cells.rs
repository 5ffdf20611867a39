//! Cells of a column as text, whatever the type of the column.
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use std::borrow::Cow;

/// Whether a column holds texts or bytes.
pub(super) fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary | DataType::LargeBinary)
}

/// A cell as text: a text or bytes as they are, a number in digits, a day or an instant as RFC 3339. Nothing for what
/// is null, and for other types.
pub(super) fn cell(column: &ArrayRef, row: usize) -> Option<Cow<'_, [u8]>> {
    if column.is_null(row) {
        return None;
    }
    Some(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).as_bytes().into(),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row).as_bytes().into(),
        DataType::Binary => column.as_binary::<i32>().value(row).into(),
        DataType::LargeBinary => column.as_binary::<i64>().value(row).into(),
        DataType::Int8 => digits::<Int8Type>(column, row),
        DataType::Int16 => digits::<Int16Type>(column, row),
        DataType::Int32 => digits::<Int32Type>(column, row),
        DataType::Int64 => digits::<Int64Type>(column, row),
        DataType::UInt8 => digits::<UInt8Type>(column, row),
        DataType::UInt16 => digits::<UInt16Type>(column, row),
        DataType::UInt32 => digits::<UInt32Type>(column, row),
        DataType::UInt64 => digits::<UInt64Type>(column, row),
        DataType::Date32 => owned(day(column.as_primitive::<Date32Type>().value(row))?),
        DataType::Timestamp(unit, _) => owned(instant(*unit, column, row)?),
        _ => return None,
    })
}

fn owned(text: impl ToString) -> Cow<'static, [u8]> {
    text.to_string().into_bytes().into()
}

fn digits<T: ArrowPrimitiveType>(column: &ArrayRef, row: usize) -> Cow<'static, [u8]>
where
    T::Native: ToString,
{
    owned(column.as_primitive::<T>().value(row))
}

/// The day that is so many days after that of the Unix epoch.
fn day(days: i32) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// An instant. One without a zone is taken as of UTC.
fn instant(unit: TimeUnit, column: &ArrayRef, row: usize) -> Option<jiff::Timestamp> {
    match unit {
        TimeUnit::Second => {
            jiff::Timestamp::from_second(column.as_primitive::<TimestampSecondType>().value(row))
        }
        TimeUnit::Millisecond => {
            jiff::Timestamp::from_millisecond(column.as_primitive::<TimestampMillisecondType>().value(row))
        }
        TimeUnit::Microsecond => {
            jiff::Timestamp::from_microsecond(column.as_primitive::<TimestampMicrosecondType>().value(row))
        }
        TimeUnit::Nanosecond => {
            let nanoseconds = column.as_primitive::<TimestampNanosecondType>().value(row);
            jiff::Timestamp::from_nanosecond(nanoseconds.into())
        }
    }
    .ok()
}
