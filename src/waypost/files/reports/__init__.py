"""What leaves the house as a file: one report model, and a renderer each for PDF, Word, Excel and CSV. Pure Python."""
