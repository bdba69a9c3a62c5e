"""Runs the public DMN Technology Compatibility Kit: ``python -m tests.tck FOLDER``. No file of it is in this tree."""
