"""Designs: working copies of processes; how they are found, compared, merged, mended and kept."""
