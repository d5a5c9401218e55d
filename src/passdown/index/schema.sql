-- The index: everything here is made from files and may be deleted at any time. A change of this file, of `words.py` or of
-- what `intake.py` and `texts.py` put in needs another `VERSION` in `index.py`: there are no migrations.

CREATE TABLE folders (            -- what a folder held when it was last taken in
    folder INTEGER PRIMARY KEY,
    path   TEXT NOT NULL UNIQUE,
    role   TEXT NOT NULL,         -- record | derived | session | events
    rank   INTEGER NOT NULL,      -- of two copies with one id, the one of the lower rank is shown
    names  TEXT NOT NULL,         -- separated by "/"
    stamps BLOB NOT NULL,         -- per name size, mtime in ns and inode, as 64-bit integers
    seal   INTEGER NOT NULL       -- mtime in ns of the folder itself, when that alone tells whether it changed; else 0
);
CREATE TABLE problems (folder INTEGER NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (folder, name)) WITHOUT ROWID;

CREATE TABLE records (
    doc     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL,
    folder  INTEGER NOT NULL,
    name    TEXT NOT NULL,        -- of the file: one record a file, or all records of a derived one
    rank    INTEGER NOT NULL,
    shown   INTEGER NOT NULL,     -- 1 for one copy of each id; only that one stands in the tables below
    hash    TEXT NOT NULL,        -- of the file's content, "" for derived ones
    kind    TEXT NOT NULL,
    status  TEXT NOT NULL,        -- superseded also when another shown record says so
    by      TEXT NOT NULL,        -- the record that superseded it
    updated TEXT NOT NULL,
    session TEXT NOT NULL,
    thread  TEXT NOT NULL,
    payload TEXT NOT NULL         -- `codec.dump_record`
);
CREATE INDEX records_id ON records (id);
CREATE INDEX records_file ON records (folder, name);
CREATE INDEX records_new ON records (updated, id) WHERE shown;
CREATE INDEX records_kind ON records (kind, status, updated) WHERE shown;
CREATE TABLE evidence (session TEXT NOT NULL, event INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (session, event, doc)) WITHOUT ROWID;
CREATE TABLE anchors (path TEXT NOT NULL, doc INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (path, doc, first, last)) WITHOUT ROWID;
CREATE TABLE supersedes (old TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (old, doc)) WITHOUT ROWID;

CREATE TABLE sessions (
    doc     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL,
    folder  INTEGER NOT NULL,
    name    TEXT NOT NULL,
    rank    INTEGER NOT NULL,
    shown   INTEGER NOT NULL,
    ended   TEXT NOT NULL,
    thread  TEXT NOT NULL,
    payload TEXT NOT NULL         -- `codec.dump_session`
);
CREATE INDEX sessions_id ON sessions (id);
CREATE INDEX sessions_file ON sessions (folder, name);
CREATE INDEX sessions_ended ON sessions (ended) WHERE shown;
CREATE TABLE touched (path TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (path, doc)) WITHOUT ROWID;

CREATE TABLE logs (               -- how far the kept events of a session were read
    log      INTEGER PRIMARY KEY,
    folder   INTEGER NOT NULL,
    name     TEXT NOT NULL,
    session  TEXT NOT NULL,
    offset   INTEGER NOT NULL,    -- bytes of the file, always the end of a gzip member
    tail     BLOB NOT NULL,       -- the last bytes before it: the same ones are there when the file only grew
    carry    TEXT NOT NULL,       -- `texts.Carry`
    UNIQUE (folder, name)
);
CREATE TABLE texts (doc INTEGER PRIMARY KEY, log INTEGER NOT NULL, n INTEGER NOT NULL, tag TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX texts_log ON texts (log, n);

-- Without content of their own: what was put in is computed again from the payload when it has to be taken out.
CREATE VIRTUAL TABLE record_words USING fts5(title, details, body, idents, context, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE session_words USING fts5(title, details, body, idents, context, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE text_words USING fts5(body, idents, context, content='', tokenize='porter unicode61 remove_diacritics 2');

-- What a word weighs where: `ORDER BY rank` uses these.
INSERT INTO record_words(record_words, rank) VALUES ('rank', 'bm25(5.0, 3.0, 2.0, 1.5, 0.5)');
INSERT INTO session_words(session_words, rank) VALUES ('rank', 'bm25(5.0, 3.0, 2.0, 1.5, 0.5)');
INSERT INTO text_words(text_words, rank) VALUES ('rank', 'bm25(3.0, 1.5, 0.5)');
