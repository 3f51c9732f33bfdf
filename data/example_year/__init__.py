"""The example year: a plan as data, and what turns it into workbooks."""
