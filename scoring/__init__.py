"""Score Kunming's 获得用水 (access to water) assessment from Excel ledgers, by the published rules.

The package is pure: ``facts x rulebook x as_of x policy -> board``. It imports neither streamlit nor plotly.
"""

import logging

logging.getLogger(__name__).addHandler(logging.NullHandler())  # what the command line has to say, it says in Chinese

__version__ = "1.0.0"
