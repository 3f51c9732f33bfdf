"""A what-if: as a text for a link, and as changes to the facts."""
