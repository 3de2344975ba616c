"""What the web server's workers run."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from waypost.config.memory import settle
from waypost.config.postgres_keeper import dies_with

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
if (ask := dies_with(os.getppid(), signal.SIGTERM)) is not None:
    ask()  # the server's first process may be killed, and its workers must not stay behind
application = get_wsgi_application()
settle()
