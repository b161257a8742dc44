"""One module per revision, named ``rNNNN_what.py``; see docs/why/migrations.md."""
