# What people ask for most. Without just: bin/run, bin/test, bin/waypost.

# run Waypost on this machine
run *arguments:
    bin/run {{arguments}}

# every check
test *arguments:
    bin/test {{arguments}}

# format, then lint
tidy:
    .venv/bin/python -m ruff format .
    .venv/bin/python -m ruff check --fix .

# types, architecture, templates
check:
    .venv/bin/python -m mypy
    .venv/bin/lint-imports
    .venv/bin/python -m djlint src --lint

# write the documents that are drawn from the code
docs:
    DJANGO_SETTINGS_MODULE=waypost.config.settings .venv/bin/python -m waypost.config.docs

# new migrations for changed models
migrations:
    .venv/bin/python manage.py makemigrations

# lock every package with its hashes, and no address of any index (needs uv)
lock:
    uv pip compile -q {{lock_options}} requirements/base.in -o requirements/base.txt
    uv pip compile -q {{lock_options}} requirements/dev.in -c requirements/base.txt -o requirements/dev.txt

lock_options := "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header"

# time one thing: just bench start
bench name *arguments:
    .venv/bin/python benchmarks/{{name}}.py {{arguments}}
