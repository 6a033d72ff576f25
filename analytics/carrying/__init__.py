"""The whole shop carried elsewhere: into a file and back (backup), and to the database that others look at (publish)."""
