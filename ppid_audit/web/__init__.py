"""What the web is made of: addresses, hosts, charsets, media types, robots rules, HTML. Pure."""
