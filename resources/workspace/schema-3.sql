-- Schema version 3: sources that were taken out, and files that could not be read. Explained in docs/workspace-format.md.
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
