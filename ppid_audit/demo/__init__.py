"""The sample regency Kabupaten Contoh and the loopback server that serves it."""
