"""Changes to careers that people make outside of tasks."""
