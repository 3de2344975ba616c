"""The one settings file, with a home of the run's own, quick passwords and the test cluster for a database."""

import os
import tempfile
from pathlib import Path

MADE_HERE = "WAYPOST_HOME" not in os.environ
if MADE_HERE:  # the workers of a run share its home
    os.environ["WAYPOST_HOME"] = tempfile.mkdtemp(prefix="waypost-tests-")
    Path(os.environ["WAYPOST_HOME"]).chmod(0o711)  # the account that runs PostgreSQL may pass through

from waypost.config.settings import *
from waypost.config.settings import HOME, STATIC_ROOT

OWN_CLUSTER = "DATABASE_URL" not in os.environ
HOME.mkdir(parents=True, exist_ok=True)
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
