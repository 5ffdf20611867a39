//! Who is told as a run goes on.
use crate::model::Origin;

/// Told as the run goes on, from the thread that called [`run`](crate::run).
pub trait Observer {
    /// So many documents and bytes more have been dealt with.
    fn progress(&mut self, documents: u64, bytes: u64);

    /// This document has been at work for so many seconds; told every second that it goes on.
    fn slow(&mut self, _document: &Origin, _seconds: f64) {}

    /// Whether the run is to end after the batch under way.
    fn stops(&self) -> bool {
        false
    }
}
