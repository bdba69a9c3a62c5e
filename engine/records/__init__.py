"""What the engine keeps: SQLAlchemy tables, the database and the files beside it."""
