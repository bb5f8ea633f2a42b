-- Schema version 2: what experts want to come back to. Explained in docs/workspace-format.md.
-- A row is there while the mark stands: a bookmark is a place to look, not a statement anybody learns from.
CREATE TABLE bookmarks(
    source_id INTEGER NOT NULL REFERENCES sources(id),
    kind INTEGER NOT NULL,              -- with start_offset the record, as in label_events
    start_offset INTEGER NOT NULL,
    line_offset INTEGER NOT NULL,       -- of the line; -1: the record as a whole
    mark TEXT NOT NULL CHECK(mark IN ('bookmark', 'flag')),
    who TEXT NOT NULL,                  -- everybody has his own
    at INTEGER NOT NULL,
    PRIMARY KEY(source_id, kind, start_offset, line_offset, mark, who),
    CHECK(mark = 'bookmark' OR line_offset = -1)
) STRICT, WITHOUT ROWID;
