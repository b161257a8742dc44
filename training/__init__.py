"""How the trained parts are made; run from the checkout, never imported by the package."""
