"""The one settings file. What differs between machines comes from `environment`."""

from __future__ import annotations

from waypost.config import database_roles, environment, keys, logs
from waypost.ui import policy

ENV = environment.read()
PROJECT = environment.PROJECT
HOME = ENV.home

*SECRET_KEY_FALLBACKS, SECRET_KEY = keys.versions("sessions", HOME / "keys")  # oldest first
DEBUG = ENV.debug
ALLOWED_HOSTS = [*ENV.hosts, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENV.hosts] if ENV.tls else []

INSTALLED_APPS = [
    "waypost.demo",
    "waypost.desk",
    "waypost.governance",
    "waypost.quality",
    "waypost.casework",
    "waypost.people",
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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "waypost.access.requests.RequestId",
    "waypost.config.request_log.RequestLog",
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
    "allauth.account.middleware.AccountMiddleware",
    "waypost.access.requests.Size",
    "waypost.access.requests.Methods",
    "waypost.access.requests.SessionLimits",
    "waypost.access.requests.SignedIn",
    "waypost.access.requests.SecondFactor",
    "waypost.access.refusals.Refusals",
]

ROOT_URLCONF = "waypost.config.urls"
WSGI_APPLICATION = "waypost.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "waypost.ui.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "waypost.access.context.page",
            ],
        },
    },
]

DATABASES = {"default": database_roles.settings(ENV, ENV.database_role)}
DATABASES["default"] |= {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who is asking -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = ENV.idle_minutes * 60
SESSION_COOKIE_AGE = 12 * 60 * 60  # the longest a session lasts, used or not
SESSION_COOKIE_NAME = "__Host-session" if ENV.tls else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if ENV.tls else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.tls
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no words in a cookie
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENV.tls else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.tls and ENV.proxies else None

CACHES = {  # shared by every process, so that a limit on guessing is one limit
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # not so few that many guesses push out the count of earlier ones
    },
}

ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies
ACCOUNT_ADAPTER = "waypost.access.sign_in.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = [
    "email*",
    "password1*",
]  # nobody signs up: `Accounts` is closed; allauth checks that they agree
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator enters the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Waypost: "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}
ACCOUNT_FORMS = {
    "login": "waypost.access.sign_in_forms.SignIn",
    "reset_password": "waypost.access.sign_in_forms.ForgottenPassword",
    "reset_password_from_key": "waypost.access.sign_in_forms.NewPassword",
    "change_password": "waypost.access.sign_in_forms.ChangePassword",
    "set_password": "waypost.access.sign_in_forms.SetPassword",
    "reauthenticate": "waypost.access.sign_in_forms.ConfirmPassword",
}
MFA_ADAPTER = "waypost.access.second_factor.Secrets"
SECOND_FACTOR_KEYS = keys.versions("second-factor", HOME / "keys")  # oldest first
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Waypost"
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 1  # a code typed as it turns over still counts
MFA_FORMS = {
    "activate_totp": "waypost.access.second_factor.SetUp",
    "authenticate": "waypost.access.second_factor.Code",
    "reauthenticate": "waypost.access.second_factor.ConfirmCode",
}
SOCIALACCOUNT_ADAPTER = "waypost.access.single_sign_on.Provided"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # by verified address, to an account that is there already
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link, so that the policy on forms need not name the provider
SOCIALACCOUNT_PROVIDERS: dict[str, object] = {}
if ENV.provider:
    WORK_ACCOUNT = {
        "provider_id": "work",
        "name": ENV.provider.name,
        "client_id": ENV.provider.client,
        "secret": ENV.provider.secret,
        "settings": {
            "server_url": ENV.provider.issuer,
            "oauth_pkce_enabled": True,
            "verified_email": list(ENV.provider.domains),
        },
    }
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {"APPS": [WORK_ACCOUNT]}

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if ENV.mail else 'dummy'}.EmailBackend"
if ENV.mail:
    EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS, EMAIL_TIMEOUT = ENV.mail.host, ENV.mail.port, True, 10
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENV.mail.user, ENV.mail.password
    DEFAULT_FROM_EMAIL = ENV.mail.sender
SENDS_MAIL = ENV.mail is not None

# -------------------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # ours, none that libraries bring
STATICFILES_DIRS = [PROJECT / "src/waypost/ui/static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.InMemoryStorage"
    },  # files are kept in the database, never beside it
    "staticfiles": {"BACKEND": "waypost.ui.assets.HashedAssets"},
}
WHITENOISE_ROOT = PROJECT / "src/waypost/ui/public"  # what must stand at the root: /robots.txt, /assets/images/
WHITENOISE_MAX_AGE = 60 * 60  # for those; a file named by its hash is kept for years
CSRF_FAILURE_VIEW = "waypost.ui.errors.form_too_old"
CONTENT_SECURITY_POLICY = policy.POLICY
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"

KEPT_WORDS_KEYS = keys.numbered("kept-words", HOME / "keys")  # of words that a browser keeps until they are saved
LOG_DIGEST_KEYS = keys.numbered("log-digest", HOME / "keys")  # a destroyed version can confirm nothing any more
LOG_SIGNING_KEYS = keys.numbered("log-signing", HOME / "keys")
LOG_ANCHORS = HOME / "anchors"

LOGGING = logs.SETTINGS
logs.configure()
PROCRASTINATE_IMPORT_PATHS = [
    "waypost.config.jobs",
    "waypost.people.drafts.tasks",
    "waypost.casework.alongside.tasks",
    "waypost.quality.readiness.tasks",
]
