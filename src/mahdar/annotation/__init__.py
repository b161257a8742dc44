"""Article to document: sentences, quotations, dates, entities and who they are, as spaCy components."""
