-- Schema version 3: watched folders; sources that were taken out, files that could not be read; what happened in each record, and
-- the score it had first. Explained in docs/workspace-format.md.

-- Watched folders and what became of their files.
CREATE TABLE watches(
    id INTEGER PRIMARY KEY,
    folder TEXT NOT NULL UNIQUE,        -- absolute
    interval_ms INTEGER NOT NULL CHECK(interval_ms > 0),
    retrain_every INTEGER NOT NULL CHECK(retrain_every >= 0),  -- files; 0: never
    notify_from TEXT NOT NULL,          -- a severity: from there on a person is told; none: never
    running INTEGER NOT NULL CHECK(running IN (0, 1)),         -- the window goes on with it when it opens the workspace
    untrained INTEGER NOT NULL DEFAULT 0 CHECK(untrained >= 0) -- files stored since a model was last trained by this watch
) STRICT;

-- A row says that a file is done with, as it was then: it is written after the file was stored, never before.
CREATE TABLE watched_files(
    watch_id INTEGER NOT NULL REFERENCES watches(id),
    name TEXT NOT NULL,                 -- below the folder
    file_bytes INTEGER NOT NULL,
    file_time INTEGER NOT NULL,         -- nanoseconds since 1970, UTC: of its content
    change_time INTEGER NOT NULL,       -- the same, of its content, permissions and names
    outcome TEXT NOT NULL,              -- 'stored', 'grown', 'known', 'failed' ...
    reason TEXT NOT NULL,               -- why it is set aside, or what else is to say; may be empty
    at INTEGER NOT NULL,
    PRIMARY KEY(watch_id, name)
) STRICT, WITHOUT ROWID;

-- A source that was taken out keeps its row, and with it its labels, which are never deleted; its records are gone until its file
-- is read again.
ALTER TABLE sources ADD COLUMN taken_out_at INTEGER;  -- NULL: it is in

-- A row is there until the file is read, or the user does not want to be told any more.
CREATE TABLE failed_files(
    path TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    problems TEXT NOT NULL              -- JSON, as of sources
) STRICT, WITHOUT ROWID;

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
