//! Batches: read ahead on one thread, cleaned on all, handed on in input order. Memory is bounded by the
//! batches under way, never by the input.
use crate::config::RunConfig;
use crate::model::{Error, Result};
use rayon::prelude::*;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// How the names of threads begin whose panics are caught, and become their document's failure.
pub(crate) const THREADS: &str = "clean-";

/// Batches that wait between two threads, at most.
const WAITING: usize = 1;

/// How often the caller is told that no batch is ready yet.
const IDLE: Duration = Duration::from_secs(1);

/// Stack of a cleaning thread, in bytes. Nothing recurses over a document; this is what libraries need.
const STACK_BYTES: usize = 4 << 20;

/// What batches are made of.
pub(super) trait Load: Send {
    /// Its bytes, which count against the limit of a batch.
    fn bytes(&self) -> usize;

    /// It took so many seconds to come.
    fn took(&mut self, _seconds: f64) {}
}

/// What is done on the calling thread.
pub(super) trait Settle<T> {
    /// A batch is ready; batches come in input order.
    fn batch(&mut self, batch: Vec<T>) -> Result<()>;

    /// None is ready yet; told again and again.
    fn idle(&mut self) {}
}

/// Maps the items on all threads and hands each batch on, in input order, on the calling thread.
pub(super) fn in_order<I: Load, T: Send>(
    config: &RunConfig,
    mut items: impl Iterator<Item = I> + Send,
    map: impl Fn(I) -> T + Sync,
    settle: &mut impl Settle<T>,
) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(config.threads)
        .stack_size(STACK_BYTES)
        .thread_name(|n| format!("{THREADS}{n}"))
        .build()
        .map_err(|error| Error::Threads(error.to_string()))?;
    let (to_clean, raw_batches) = sync_channel::<Vec<I>>(WAITING);
    let (to_settle, batches) = sync_channel::<Vec<T>>(WAITING);
    let map = &map;
    thread::scope(|scope| {
        let reads = move || {
            loop {
                let batch = next_batch(config, &mut items);
                if batch.is_empty() || to_clean.send(batch).is_err() {
                    break;
                }
            }
        };
        let reader = thread::Builder::new().name(format!("{THREADS}read"));
        reader.spawn_scoped(scope, reads).map_err(|error| Error::Threads(error.to_string()))?;
        scope.spawn(move || {
            for batch in raw_batches {
                // One by one: whole stretches of a batch, as rayon would deal them out, leave threads idle at its end.
                let cleaned = pool.install(|| batch.into_par_iter().with_max_len(1).map(map).collect());
                if to_settle.send(cleaned).is_err() {
                    break;
                }
            }
        });
        // An error drops the receiver, which ends the two threads above at their next batch. It must be owned
        // here: the scope waits for them.
        let batches = batches;
        loop {
            match batches.recv_timeout(IDLE) {
                Ok(batch) => settle.batch(batch)?,
                Err(RecvTimeoutError::Timeout) => settle.idle(),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    })
}

/// The next items, up to the limits of a batch.
fn next_batch<I: Load>(config: &RunConfig, items: &mut impl Iterator<Item = I>) -> Vec<I> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < config.batch_documents && bytes < config.batch_bytes {
        let start = Instant::now();
        let Some(mut item) = items.next() else { break };
        item.took(start.elapsed().as_secs_f64());
        bytes += item.bytes();
        batch.push(item);
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::super::source::Met;
    use super::*;
    use crate::model::{Declared, Origin, RawDocument};

    impl<T, F: FnMut(Vec<T>) -> Result<()>> Settle<T> for F {
        fn batch(&mut self, batch: Vec<T>) -> Result<()> {
            self(batch)
        }
    }

    fn items(count: usize) -> impl Iterator<Item = Met> + Send {
        (0..count).map(|n| {
            let (origin, declared) = (Origin::page(&n.to_string()), Declared::default());
            Met::new(Ok(RawDocument { origin, bytes: vec![0; n % 7], declared }), None)
        })
    }

    #[test]
    fn order_is_the_input_order_for_any_batch_and_threads() {
        for (threads, batch_documents, batch_bytes) in [(1, 1, 1), (2, 3, 10), (4, 1000, 1 << 20)] {
            let config = RunConfig { threads, batch_documents, batch_bytes, ..RunConfig::default() };
            let mut seen = Vec::new();
            let map = |met: Met| met.item.unwrap().origin.to_string();
            in_order(&config, items(100), map, &mut |batch| {
                seen.extend(batch);
                Ok(())
            })
            .unwrap();
            assert_eq!(seen, (0..100).map(|n| n.to_string()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_ends_the_run() {
        let config = RunConfig { threads: 2, batch_documents: 1, batch_bytes: 1, ..RunConfig::default() };
        let result =
            in_order(&config, items(1_000), |_| (), &mut |_| Err(Error::Threads("full".to_string())));
        assert!(result.is_err());
    }
}
