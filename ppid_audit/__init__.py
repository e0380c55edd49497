"""ppid-audit: does a public body publish what the law on public information asks of it?

Crawls the websites named in ``agencies.yaml``, judges what it finds against ``rubric.yaml``
(UU 14/2008, Peraturan Komisi Informasi 1/2021) and reports a scored, explained evaluation.
"""

__version__ = "0.1.0"
