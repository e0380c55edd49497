"""One file a probe: how to look for one kind of evidence."""
