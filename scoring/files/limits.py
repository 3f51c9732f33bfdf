"""How large a file may be before it is refused. All limits stand here, each with its reason.

The largest honest file we know is a roster of 100,000 rows by 12 columns: 5 MB on disk, 60 MB of XML, 1.2 million cells.
"""

from __future__ import annotations

FILE_BYTES = 30_000_000  # six times the largest honest file; also what the app accepts as one upload
PACKAGE_BYTES = 300_000_000  # a package, packed or unpacked: twenty units with their screenshots
PACKAGE_FILES = 2_000  # files in a package: a hundred for each unit
PARTS = 3_000  # files inside the zip; an honest workbook has some dozens, one with many pictures some hundreds
SHEETS = 300  # worksheets; a year of 20 units by 4 quarters by 3 sheets has 240
XML_BYTES = 96_000_000  # all XML together, unpacked and counted while streaming: keeps one file under 400 MB of memory
PART_BYTES = 16_000_000  # one XML part that is neither a sheet nor its texts: Excel's 64,000 formats take 8 MB
PIECE_BYTES = 1 << 20  # unpack in pieces of this size, so that a bomb is noticed long before it is whole
CELLS = 2_000_000  # cells written in the file
BARE_CELLS = 200_000  # cells without an address, which no office program writes: each is numbered by hand, slowly
BOX_CELLS = 6_000_000  # rows times columns of the smallest box that holds all cells: readers keep the whole box
TEXT_BYTES = 128_000_000  # all texts, once for every cell that uses them: one long text in many cells grows in memory
MERGED_CELLS = 2_000_000  # cells covered by merged ranges
ROWS, COLUMNS = 1_048_576, 16_384  # what a spreadsheet has
ODS_BYTES = 30_000_000  # content.xml of an OpenDocument: it is looked at cell by cell, not by a fast scan
ODS_SPACES = 10_000  # blanks that one text:s element may ask for
CELL_CHARACTERS = 32_767  # what a spreadsheet holds in a cell; longer texts are cut
MARKED_BYTES = 300_000_000  # everything in a workbook that is given back marked, unpacked: its pictures come along
THINGS = 2_000  # pictures, embedded files and links of a workbook, or files of a package; a thorough county sends some hundreds
THING_BYTES = 200_000_000  # one thing unpacked: a bitmap of 50 megapixels has 150 MB
EMBEDDED_BYTES = 60_000_000  # an embedded file that is unpacked; of a larger one the part itself is named
THINGS_BYTES = 300_000_000  # all things of a workbook unpacked and hashed, counted while streaming
PICTURE_PIXELS = 50_000_000  # a telephone's camera gives 12 to 48 million; more takes 200 MB of memory to show
GROUP_DEPTH = 40  # groups of pictures inside groups; people make two or three
LINKED_COLUMNS = 60  # columns that one hyperlink is followed over; a link over whole rows is on each of their cells
