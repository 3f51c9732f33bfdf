"""Documents made of a board: pure functions to bytes, the same input giving the same bytes.

The modules of this package import python-docx and XlsxWriter; import them where a document is asked for.
"""
