//! SIGINT and SIGTERM: the first asks the run to end after the batch under way, the second ends it at once.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the run was asked to end.
#[derive(Clone, Default)]
pub(super) struct Asked(Arc<AtomicBool>);

impl Asked {
    /// Listens to the signals from now on.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn listen() -> std::io::Result<Asked> {
        let asked = Asked::default();
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            // Of two actions the first is done first: only the second signal finds the flag set.
            let code = super::Exit::CouldNotRun as i32;
            signal_hook::flag::register_conditional_shutdown(signal, code, Arc::clone(&asked.0))?;
            signal_hook::flag::register(signal, Arc::clone(&asked.0))?;
        }
        Ok(asked)
    }

    /// Whether a signal came.
    pub(super) fn was(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
