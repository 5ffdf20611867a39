"""Turns raw web pages and scraped text into clean datasets, and says of every removed line why it went.

>>> import gleaner
>>> document = gleaner.clean("It rained all night in the old harbour.\\n\\nRead more: Storm warnings for Monday")
>>> document.text
'It rained all night in the old harbour.'
>>> [(removed.text, removed.rule) for removed in document.removed]
[('Read more: Storm warnings for Monday', 'en/read-more')]

`clean` takes one document, `clean_batch` a batch of Arrow, `Cleaner` holds settings and rules for many of both,
`NearIndex` finds paragraphs that say again what an earlier one says. `gleaner.spark` is the job for clusters.
"""

from gleaner._clean import Cleaner, clean, clean_batch
from gleaner._gleaner import (
    Block,
    Document,
    Failed,
    GleanerError,
    Paragraph,
    Removed,
    Skipped,
    __version__,
)
from gleaner._near import NearIndex
from gleaner._settings import Settings

__all__ = [
    "Block",
    "Cleaner",
    "Document",
    "Failed",
    "GleanerError",
    "NearIndex",
    "Paragraph",
    "Removed",
    "Settings",
    "Skipped",
    "__version__",
    "clean",
    "clean_batch",
]
