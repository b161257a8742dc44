"""Pure functions on Arabic text: normal forms with their alignment, words, clitics, sentences."""
