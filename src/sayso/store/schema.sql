-- The case file, version 2. Three layers kept apart: what was read, what was derived from it
-- (it can be made again), and what people decided (never overwritten).

-- Facts about the case itself: sayso's version, its settings, whether it must be compared again.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- 1. Read ---------------------------------------------------------------------------------------

-- Every file's bytes as found, compressed with zlib.
CREATE TABLE originals (
    sha256  TEXT PRIMARY KEY,
    size    INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Every file read to its end. A file that is missing here is read again.
CREATE TABLE inputs (
    path    TEXT PRIMARY KEY,
    sha256  TEXT NOT NULL REFERENCES originals (sha256),
    options TEXT NOT NULL,
    read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every document: its working text, and the rest of its record as JSON (schema.Document).
-- `derived_by` names the version and settings that made its records; null: not made yet.
CREATE TABLE documents (
    number      INTEGER PRIMARY KEY,
    source      TEXT NOT NULL UNIQUE,
    path        TEXT NOT NULL,
    text        TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    headline    TEXT,
    body        TEXT NOT NULL,
    derived_by  TEXT,
    publication TEXT
) STRICT;
CREATE INDEX documents_by_path ON documents (path);

CREATE VIRTUAL TABLE words USING fts5 (
    headline, text, content = 'documents', content_rowid = 'number',
    tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER words_added AFTER INSERT ON documents BEGIN
    INSERT INTO words (rowid, headline, text) VALUES (new.number, new.headline, new.text);
END;
CREATE TRIGGER words_removed AFTER DELETE ON documents BEGIN
    INSERT INTO words (words, rowid, headline, text)
    VALUES ('delete', old.number, old.headline, old.text);
END;

-- What could not be done. `document` or `path` says where.
CREATE TABLE problems (
    number   INTEGER PRIMARY KEY,
    document TEXT,
    path     TEXT,
    stage    TEXT NOT NULL,
    message  TEXT NOT NULL,
    hint     TEXT NOT NULL
) STRICT;

-- 2. Derived ------------------------------------------------------------------------------------

-- One row a record, as JSON. `document` is null for what was compared across documents.
CREATE TABLE records (
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    document INTEGER REFERENCES documents (number) ON DELETE CASCADE,
    body     TEXT NOT NULL
) STRICT;
CREATE INDEX records_by_kind ON records (kind, id);
CREATE INDEX records_by_document ON records (document);

-- What one comparing keeps for the next (sayso.compare.kept): encoded results by key. Dropped and
-- made again whenever sayso, its settings or its knowledge change.
CREATE TABLE kept (
    key  TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

-- 3. Decided ------------------------------------------------------------------------------------

-- Corrections by people, in the order in which they were made. The latest of a span and field
-- holds; a row is never changed or deleted. `value` is JSON.
CREATE TABLE decisions (
    number      INTEGER PRIMARY KEY,
    made_at     TEXT NOT NULL,
    made_by     TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    kind        TEXT NOT NULL,
    spans       TEXT NOT NULL,
    field       TEXT NOT NULL,
    value       TEXT NOT NULL,
    reason      TEXT NOT NULL
) STRICT;
CREATE TRIGGER decisions_stand BEFORE UPDATE ON decisions BEGIN
    SELECT raise(ABORT, 'decisions are never changed');
END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN
    SELECT raise(ABORT, 'decisions are never deleted');
END;
