"""Pages about people: who appraises whom and its correction, and importing spreadsheets."""
