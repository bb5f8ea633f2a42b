-- Schema version 3: what happened in each record, and the score it had first. Explained in docs/workspace-format.md.
-- The words of the steps below; only those the source uses.
CREATE TABLE course_words(
    source_id INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
    words TEXT NOT NULL                 -- JSON list: kinds of lines of a journal, templates of a log
) STRICT;

-- What happened in the records models look at, step after step: of each block uint32 numbers of steps [row_count], then the steps
-- of all rows, indices into the words: uint8 where there are at most 256 words, else uint16; little-endian.
CREATE TABLE courses(
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    first_row INTEGER NOT NULL,         -- as in features
    row_count INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY(source_id, first_row)
) STRICT, WITHOUT ROWID;

-- The first score of each record: stays when its source grows or is read again. A batch holds the records that were new then,
-- by (offset, kind): int64 offsets, uint8 kind codes, float32 scores, little-endian.
CREATE TABLE first_scores(
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    batch INTEGER NOT NULL,             -- from 0
    model_id INTEGER NOT NULL REFERENCES models(id),
    at INTEGER,                         -- NULL: scored before workspaces kept this
    offsets BLOB NOT NULL,
    kinds BLOB NOT NULL,
    scores BLOB NOT NULL,
    PRIMARY KEY(source_id, batch)
) STRICT, WITHOUT ROWID;
