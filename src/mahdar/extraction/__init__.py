"""Document to reading: statements, events, instruments, commitments."""
