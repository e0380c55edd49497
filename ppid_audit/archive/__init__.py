"""The evidence: one WARC file per agency, written as served and read back. The only user of warcio."""
