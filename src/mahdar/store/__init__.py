"""The record's database."""
