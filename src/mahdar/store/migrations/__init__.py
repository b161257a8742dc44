"""The record's schema, revision by revision, and how a record is brought to the newest one."""
