"""The spreadsheet: a file per tab, and one column spec that parses it, explains it and builds it."""
