"""Lexicon: what Arabic news does with words, as data files, with their loader."""
