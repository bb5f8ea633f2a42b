-- Schema version 3: watched folders and what became of their files. Explained in docs/workspace-format.md.
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
