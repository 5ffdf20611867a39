//! Batches: read ahead on one thread, cleaned on all, handed on in input order. Memory is bounded by the
//! batches under way, never by the input.
use super::source::Met;
use crate::config::RunConfig;
use crate::model::{Error, Result};
use rayon::prelude::*;
use std::sync::mpsc::sync_channel;
use std::thread;

/// Batches that wait between two threads, at most.
const WAITING: usize = 1;

/// Stack of a cleaning thread, in bytes. Nothing recurses over a document; this is what libraries need.
const STACK_BYTES: usize = 4 << 20;

/// Maps the items on all threads and hands each batch on, in input order, on the calling thread.
pub(super) fn in_order<T: Send>(
    config: &RunConfig,
    items: impl Iterator<Item = Met> + Send,
    map: impl Fn(Met) -> T + Sync,
    mut each: impl FnMut(Vec<T>) -> Result<()>,
) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(config.threads)
        .stack_size(STACK_BYTES)
        .thread_name(|n| format!("clean-{n}"))
        .build()
        .map_err(|error| Error::Threads(error.to_string()))?;
    let (to_clean, raw_batches) = sync_channel::<Vec<Met>>(WAITING);
    let (to_settle, batches) = sync_channel::<Vec<T>>(WAITING);
    let map = &map;
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut items = items.peekable();
            while items.peek().is_some() && to_clean.send(next_batch(config, &mut items)).is_ok() {}
        });
        scope.spawn(move || {
            for batch in raw_batches {
                let cleaned = pool.install(|| batch.into_par_iter().map(map).collect());
                if to_settle.send(cleaned).is_err() {
                    break;
                }
            }
        });
        // An error drops the receiver, which ends the two threads above at their next batch.
        batches.into_iter().try_for_each(&mut each)
    })
}

/// The next items, up to the limits of a batch.
fn next_batch(config: &RunConfig, items: &mut impl Iterator<Item = Met>) -> Vec<Met> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < config.batch_documents && bytes < config.batch_bytes {
        let Some(met) = items.next() else { break };
        bytes += met.item.as_ref().map_or(0, |raw| raw.bytes.len());
        batch.push(met);
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Declared, Origin, RawDocument};

    fn items(count: usize) -> impl Iterator<Item = Met> + Send {
        (0..count).map(|n| {
            let (origin, declared) = (Origin::page(&n.to_string()), Declared::default());
            Met { item: Ok(RawDocument { origin, bytes: vec![0; n % 7], declared }), mark: None }
        })
    }

    #[test]
    fn order_is_the_input_order_for_any_batch_and_threads() {
        for (threads, batch_documents, batch_bytes) in [(1, 1, 1), (2, 3, 10), (4, 1000, 1 << 20)] {
            let config = RunConfig { threads, batch_documents, batch_bytes, ..RunConfig::default() };
            let mut seen = Vec::new();
            let map = |met: Met| met.item.unwrap().origin.to_string();
            in_order(&config, items(100), map, |batch| {
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
        let result = in_order(&config, items(1_000), |_| (), |_| Err(Error::Threads("full".to_string())));
        assert!(result.is_err());
    }
}
