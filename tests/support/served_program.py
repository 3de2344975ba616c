"""The program with its static files, which a front end or a collected folder serves elsewhere."""

from __future__ import annotations

from django.contrib.staticfiles.handlers import StaticFilesHandler

from waypost.config.wsgi import application as waypost

application = StaticFilesHandler(waypost)
