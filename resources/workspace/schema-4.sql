-- Schema version 4: journals that have grown are read on from where they ended. Explained in docs/workspace-format.md.

-- What reading a journal carried from one block to the next, before its last block. Bytes that mean something to the program that
-- wrote them; another one reads the journal from its beginning.
CREATE TABLE journal_checkpoints(
    source_id INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
    data BLOB NOT NULL
) STRICT;
