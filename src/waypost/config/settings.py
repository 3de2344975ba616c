"""The one settings file. What differs between machines comes from `environment`."""

from __future__ import annotations

from waypost.config import environment, keys
from waypost.ui import policy

ENV = environment.read()
PROJECT = environment.PROJECT
HOME = ENV.home

SECRET_KEY = keys.secret("sessions", HOME / "keys")
DEBUG = ENV.debug
ALLOWED_HOSTS = [*ENV.hosts, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENV.hosts] if ENV.tls else []

INSTALLED_APPS = [
    "waypost.demo",
    "waypost.governance",
    "waypost.quality",
    "waypost.files",
    "waypost.access",
    "waypost.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "waypost.access.requests.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "waypost.access.requests.SignedIn",
    "waypost.access.requests.Refusals",
]

ROOT_URLCONF = "waypost.config.urls"
WSGI_APPLICATION = "waypost.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "waypost.ui.environment.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages", "waypost.ui.context.page"],
        },
    },
]

DATABASES = {"default": environment.database(ENV.database_app_url or ENV.database_url or keys.local_database(HOME))}
DATABASES["default"] |= {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Staff"
LOGIN_URL = "/sign-in/"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # files are kept in the database, never beside it
    "staticfiles": {"BACKEND": "waypost.ui.assets.HashedAssets"},
}
WHITENOISE_ROOT = PROJECT / "src/waypost/ui/public"  # what must stand at the root: /robots.txt, /assets/images/
WHITENOISE_MAX_AGE = 60 * 60  # for those; a file named by its hash is kept for years
CONTENT_SECURITY_POLICY = policy.POLICY
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
