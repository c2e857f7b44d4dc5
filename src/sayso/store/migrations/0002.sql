-- What one comparing keeps for the next (sayso.compare.kept): encoded results by key. Dropped and
-- made again whenever sayso, its settings or its knowledge change.
CREATE TABLE kept (
    key  TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;
