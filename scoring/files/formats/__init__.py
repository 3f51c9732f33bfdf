"""One module for each part of a file format that is looked at beside the fast reader."""
