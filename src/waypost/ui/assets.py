"""How static files are named and kept: each by the hash of its content, compressed, for a year."""

from __future__ import annotations

import re

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Released files end by naming a source map; the maps (1.2 MB) are not served.
SOURCE_MAP = re.compile(r"sourceMappingURL")


class HashedAssets(CompressedManifestStaticFilesStorage):
    """Follows the imports of our JavaScript modules and leaves the mention of a source map alone.

    Before anything is collected (a test, a developer's server) a file keeps its own name.
    """

    support_js_module_import_aggregation = True
    patterns = tuple(
        (glob, tuple(p for p in found if not SOURCE_MAP.search(p if isinstance(p, str) else p[0])))
        for glob, found in CompressedManifestStaticFilesStorage.patterns
    )

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
