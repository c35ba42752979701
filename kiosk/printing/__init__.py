"""A slip on paper or as a file: layout, raster, printers, and the truth about what came out."""
