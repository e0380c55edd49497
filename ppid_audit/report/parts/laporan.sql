-- ppid-audit-laporan.sqlite: one result. Documented in docs/data.md; user_version is raised when a table or
-- column goes or changes its meaning.
PRAGMA user_version = 1;

CREATE TABLE scan (
  id TEXT PRIMARY KEY, started_at TEXT, finished_at TEXT, as_of TEXT, state TEXT, sample INTEGER, suspect TEXT,
  region TEXT, tool TEXT, rubric_name TEXT, rubric_sha256 TEXT, agencies_sha256 TEXT, reviews_sha256 TEXT,
  final_by TEXT, final_on TEXT, objections_until TEXT
);

CREATE TABLE bands (id TEXT PRIMARY KEY, floor REAL, label_id TEXT, label_en TEXT);

CREATE TABLE agencies (
  id TEXT PRIMARY KEY, name TEXT, kind TEXT, url TEXT, status TEXT, status_reason TEXT, rank INTEGER,
  predikat TEXT REFERENCES bands (id), pages INTEGER, documents INTEGER, requests INTEGER
);

CREATE TABLE items (
  id TEXT PRIMARY KEY, position INTEGER, category TEXT, title_id TEXT, title_en TEXT, basis TEXT, duty TEXT,
  renew TEXT, weight REAL, remedy_id TEXT, remedy_en TEXT
);

CREATE TABLE scores (
  agency TEXT REFERENCES agencies (id), category TEXT, score REAL, low REAL, high REAL, coverage REAL,
  PRIMARY KEY (agency, category)
);

CREATE TABLE findings (
  agency TEXT REFERENCES agencies (id), item TEXT REFERENCES items (id), verdict TEXT, shown TEXT, reason TEXT,
  points REAL, confidence REAL, period_due TEXT, period_found TEXT, reviewed INTEGER, justification TEXT,
  superseded_reason TEXT,
  PRIMARY KEY (agency, item)
);

CREATE TABLE superseded (
  agency TEXT, item TEXT, position INTEGER, reviewed INTEGER, reason TEXT, justification TEXT,
  PRIMARY KEY (agency, item, position), FOREIGN KEY (agency, item) REFERENCES findings (agency, item)
);

CREATE TABLE evidence (
  agency TEXT, item TEXT, position INTEGER, url TEXT, found_on TEXT, place TEXT, quote TEXT, year INTEGER,
  date TEXT, status INTEGER, media_type TEXT, bytes INTEGER, sha256 TEXT, warc TEXT,
  PRIMARY KEY (agency, item, position), FOREIGN KEY (agency, item) REFERENCES findings (agency, item)
);

CREATE TABLE corrections (
  agency TEXT REFERENCES agencies (id), item TEXT REFERENCES items (id), by TEXT, "on" TEXT, justification TEXT,
  reason_before TEXT, reason_after TEXT, score_before REAL, score_after REAL
);

CREATE VIEW finding_details AS
SELECT a.name AS agency_name, a.kind, i.title_id, i.title_en, i.category, i.basis, i.weight, f.*,
  (SELECT e.url FROM evidence e WHERE e.agency = f.agency AND e.item = f.item AND e.position = 1) AS evidence_url
FROM findings f JOIN agencies a ON a.id = f.agency JOIN items i ON i.id = f.item;
