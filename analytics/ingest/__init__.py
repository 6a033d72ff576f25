"""From a file's bytes to rows in the database."""
