"""datatrove: a step that cleans documents, where another would extract their text.

`python examples/datatrove_step.py FOLDER OUT` reads the JSON Lines of a folder, whose `text` is a page or a text, and
writes JSON Lines with the records' metadata.
"""

import sys

import gleaner
from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.base import PipelineStep


class Clean(PipelineStep):
    """Replaces the text of documents by what is kept of it; adds what is known of them to their metadata."""

    type = "🧽 - CLEAN"
    name = "gleaner"

    def __init__(self, config: gleaner.Settings = None) -> None:
        super().__init__()
        self.cleaner = gleaner.Cleaner(config, threads=1)

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        for document in data:
            with self.track_time():
                kept = self.clean(document)
            self.stat_update("kept" if kept else "passed over")
            if kept:
                yield document

    def clean(self, document: Document) -> bool:
        """Cleans a document in place; whether anything is left of it."""
        try:
            cleaned = self.cleaner.clean(document.text, source=document.id, url=document.metadata.get("url"))
        except gleaner.GleanerError:
            return False
        document.text = cleaned.text
        document.metadata |= cleaned.to_dict()["metadata"]
        return bool(cleaned.text)


if __name__ == "__main__":
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    source, output = sys.argv[1:]
    LocalPipelineExecutor([JsonlReader(source), Clean(), JsonlWriter(output)], tasks=2, workers=2).run()
