"""What each page loads, and the routes that write. One module per page or act."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter

from mahdar.web.registry import Loader
from mahdar.web.routes import (
    actors,
    agreements,
    articles,
    bodies,
    ceasefires,
    choices,
    commitments,
    contacts,
    desk,
    entries,
    export,
    help_page,
    home,
    identity,
    ingest,
    judgements,
    map_page,
    measures,
    naming,
    positions,
    search_page,
    sources,
    talks,
    timeline,
)

LOADERS: Mapping[str, Loader] = {
    "home": home.load_home,
    "articles": articles.load_articles,
    "desk": desk.load_desk,
    "review": judgements.load_review,
    "log": judgements.load_log,
    "timeline": timeline.load_timeline_page,
    "statements": timeline.load_statements_page,
    "entry": entries.load_entry_page,
    "contacts": contacts.load_contacts,
    "ceasefires": ceasefires.load_ceasefires,
    "map": map_page.load_map,
    "positions": positions.load_positions,
    "commitments": commitments.load_commitments,
    "actors": actors.load_actors,
    "actor": actors.load_actor,
    "identity": identity.load_identity_page,
    "search": search_page.load_search,
    "naming": naming.load_naming,
    "sources": sources.load_sources,
    "agreements": agreements.load_agreements,
    "talks": talks.load_talks,
    "bodies": bodies.load_bodies,
    "humanitarian": measures.load_humanitarian,
    "detainees": measures.load_detainees,
    "designations": measures.load_designations,
    "brief": export.load_brief,
    "export": export.load_export,
    "ingest": ingest.load_ingest,
    "help": help_page.load_help,
}
"""Page key to what loads its data."""

ROUTERS: tuple[APIRouter, ...] = (
    choices.router,
    export.router,
    identity.router,
    ingest.router,
    judgements.router,
    sources.router,
    timeline.router,
    ceasefires.router,
    contacts.router,
    map_page.router,
    positions.router,
)
"""Routes beside the pages: what is posted, streamed, or feeds a picture."""
