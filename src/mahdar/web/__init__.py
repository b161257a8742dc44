"""The workbench: a web application on one record, for people who read all day.

Pages are rows of ``registry.PAGES``; what a page shows is returned by one loader, which also answers
under ``/api``. Routes of their own write judgements, take files in and keep preferences.
"""

from mahdar.web.app import create_app
from mahdar.web.house import House

__all__ = ["House", "create_app"]
