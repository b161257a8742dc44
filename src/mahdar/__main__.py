"""``python -m mahdar`` is ``mahdar``."""

from mahdar.cli import main

main()
