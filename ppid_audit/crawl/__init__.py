"""The only sockets: visits sites politely and brings home captures."""
