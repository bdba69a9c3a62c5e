"""A Django project with django-viewflow that carries the same 2-task approval: the yardstick over HTTP."""
