"""Keep notebook tools from spending 2.5 CPU-seconds at every start.

`import nbformat` loads jsonschema, which loads `rfc3987_syntax` where it is installed, which builds
its parsers at once; we validate no URLs, and jsonschema works without that module. Import this
module before nbformat, nbconvert or nbclient. Pytest loads it as a plugin (`-p helpers.startup`),
because nbval imports nbformat before any conftest runs.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
