-- An ABM Workbench workspace (*.abmw), schema version 1. Explained in docs/workspace-format.md.
-- Times are microseconds since 1970: of records as the machine wrote them (no zone), of acts (at) in UTC. NULL: not known.
-- Amounts are hundredths of the currency unit. Offsets are bytes of the uncompressed source.
-- Words (kinds, types, severities, events ...) are stored as codes of the table `words`.

CREATE TABLE words(
    list TEXT NOT NULL,      -- 'kind', 'type', 'severity', 'activity', 'cash_event', 'line_end'
    code INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY(list, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE machines(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- A source is known by its content: moved, renamed and grown files keep their row and with it their labels.
CREATE TABLE sources(
    id INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,      -- 32 hex digits: chained XXH3-128 of 64 KiB blocks, uncompressed
    name TEXT NOT NULL,                 -- file name when last read
    path TEXT NOT NULL,                 -- where it was last read
    file_bytes INTEGER NOT NULL,        -- of the file as it lies on the disk, with file_time a cheap sign of change
    file_time INTEGER NOT NULL,         -- modification time, nanoseconds since 1970
    bytes INTEGER NOT NULL,             -- uncompressed
    format TEXT NOT NULL,
    encoding TEXT NOT NULL,
    gzip INTEGER NOT NULL,
    line_end INTEGER NOT NULL,
    machine TEXT NOT NULL,
    lines INTEGER NOT NULL,
    lines_not_understood INTEGER NOT NULL,
    first_not_understood TEXT NOT NULL, -- JSON: [[offset, bytes], ...], at most 100
    sessions INTEGER NOT NULL,
    intervals INTEGER NOT NULL,
    card_numbers_masked INTEGER NOT NULL,
    account_numbers_masked INTEGER NOT NULL,
    first_time INTEGER,
    last_time INTEGER,
    problems TEXT NOT NULL,             -- JSON: [{"offset", "count", "fatal", "message"}, ...]
    feature_schema TEXT NOT NULL,       -- 16 hex digits: hash of the feature names, in order
    reader_version INTEGER NOT NULL,    -- kReaderVersion of the program that read it
    read_at INTEGER NOT NULL
) STRICT;

CREATE TABLE feature_schemas(schema TEXT PRIMARY KEY, names TEXT NOT NULL /* JSON list */) STRICT, WITHOUT ROWID;

CREATE TABLE records(
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    start_offset INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    machine_id INTEGER NOT NULL REFERENCES machines(id),
    start_time INTEGER,
    end_time INTEGER,
    amount INTEGER,
    at_risk INTEGER,
    type INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    trivial INTEGER NOT NULL,
    feature_row INTEGER NOT NULL,       -- within the source; -1: models do not look at it
    PRIMARY KEY(source_id, start_offset, kind)
) STRICT, WITHOUT ROWID;

-- The same records column by column, so that a workspace of millions opens at once; written with them, in their order.
-- Of each record_count records: int64 start_offset, bytes, start_time, end_time, amount, at_risk; int32 ordinal, machine_id,
-- feature_row; uint8 kind, type, severity, activity, trivial; each column for all of them, little-endian. NULL: -2^63.
CREATE TABLE record_columns(
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    first_record INTEGER NOT NULL,
    record_count INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY(source_id, first_record)
) STRICT, WITHOUT ROWID;

CREATE TABLE findings(
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- order within the source: by record, gravest first
    record_position INTEGER,            -- of its record, counted from 0 within the source in the order of records; NULL: about the source
    type INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    amount INTEGER,
    span_offset INTEGER NOT NULL,
    span_bytes INTEGER NOT NULL,
    rule TEXT NOT NULL,
    sentence TEXT NOT NULL,
    action TEXT NOT NULL,
    evidence TEXT NOT NULL,             -- JSON: [[offset, bytes, "note"], ...]
    PRIMARY KEY(source_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE movements(
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    record_position INTEGER NOT NULL,
    event INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    time INTEGER,
    cassette INTEGER NOT NULL,          -- -1: the acceptor
    denomination INTEGER,
    notes INTEGER NOT NULL,
    expected INTEGER,
    counted INTEGER,
    difference INTEGER NOT NULL,
    PRIMARY KEY(source_id, position)
) STRICT, WITHOUT ROWID;

-- Blocks of float32, little-endian, row-major [rows, d]; NaN: not known.
CREATE TABLE features(
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    first_row INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY(source_id, first_row)
) STRICT, WITHOUT ROWID;

-- The fingerprints of the sessions of a source, uint64 little-endian: the same session in two files counts once.
CREATE TABLE session_prints(
    source_id INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
    data BLOB NOT NULL
) STRICT;

-- What the views show at once when the workspace is opened: the scores of the last adopted model and the labels up to last_event.
-- Per record of the source, in order: float32 score, float32 tail probability, uint8 type code, uint8 severity code,
-- uint8 1 when provisional; five blobs of equal length in rows.
CREATE TABLE scores(
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    model_id INTEGER NOT NULL REFERENCES models(id),
    last_event INTEGER NOT NULL,        -- label_events.id they know of; 0: none
    score BLOB NOT NULL,
    tail BLOB NOT NULL,
    type BLOB NOT NULL,
    severity BLOB NOT NULL,
    provisional BLOB NOT NULL,
    PRIMARY KEY(source_id, model_id)
) STRICT, WITHOUT ROWID;

-- Append-only: what was said is never unsaid, an undo is one more event.
CREATE TABLE label_events(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    step INTEGER NOT NULL,              -- id of the first event of the act this one belongs to
    action TEXT NOT NULL CHECK(action IN ('set', 'undo', 'redo')),
    target_step INTEGER,                -- of undo and redo
    source_id INTEGER REFERENCES sources(id),
    kind INTEGER,
    start_offset INTEGER,
    label TEXT CHECK(label IN ('anomaly', 'normal', 'unsure')),
    type TEXT,
    note TEXT,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,                -- when the expert decided
    recorded_at INTEGER NOT NULL,       -- when this workspace learned of it: later than `at` for imported labels
    model_id INTEGER,                   -- under which model the record was shown
    suggestion TEXT,                    -- what the program proposed at that moment
    decided_ms INTEGER,                 -- from painted to decided
    CHECK(action = 'set' OR target_step IS NOT NULL),
    CHECK(action <> 'set' OR (source_id IS NOT NULL AND kind IS NOT NULL AND start_offset IS NOT NULL AND label IS NOT NULL))
) STRICT;
CREATE TRIGGER label_events_are_never_changed BEFORE UPDATE ON label_events BEGIN SELECT RAISE(ABORT, 'label events are append-only'); END;
CREATE TRIGGER label_events_are_never_deleted BEFORE DELETE ON label_events BEGIN SELECT RAISE(ABORT, 'label events are append-only'); END;

-- Immutable: see docs/model-format.md for the document.
CREATE TABLE models(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_id INTEGER REFERENCES models(id),
    created_at INTEGER NOT NULL,
    who TEXT NOT NULL,
    seed INTEGER NOT NULL,
    feature_schema TEXT NOT NULL,
    records INTEGER NOT NULL,           -- it was fitted on
    labels INTEGER NOT NULL,            -- that trained it
    last_event INTEGER NOT NULL,        -- label_events.id it knows of
    metrics TEXT NOT NULL,              -- JSON: the comparison with its parent on held-out labels; {} when there was none
    document TEXT NOT NULL              -- JSON: the portable model file
) STRICT;
CREATE TRIGGER models_are_never_changed BEFORE UPDATE ON models BEGIN SELECT RAISE(ABORT, 'models are immutable'); END;
CREATE TRIGGER models_are_never_deleted BEFORE DELETE ON models BEGIN SELECT RAISE(ABORT, 'models are immutable'); END;

-- The model of the last 'adopt' is the current one.
CREATE TABLE model_events(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id INTEGER NOT NULL REFERENCES models(id),
    action TEXT NOT NULL CHECK(action IN ('adopt', 'discard')),
    who TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE audit(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,               -- 'create', 'migrate', 'import', 'replace', 'move', 'label-import', 'undo', 'redo', 'train', 'adopt', 'discard', 'rollback', 'export', 'backup', 'restore', 'setting'
    subject TEXT NOT NULL,              -- file name, model id ...
    details TEXT NOT NULL               -- JSON
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
