"""The one form in which the project's notebooks are kept, whoever ran them.

JupyterLab reads a notebook as JavaScript does and writes what it holds in memory: ``1.0`` comes
back as ``1``, ``-0.0`` as ``0``, a chart that was seen gets a picture of itself, and the metadata
name the machine's kernel and its version of Python. Outputs are therefore shown with numbers that
JavaScript leaves alone (`as_javascript`), and a notebook that was executed or saved is put in
order by `tidy`, so that open, Restart & Run All and save leave its bytes as they were.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

PLOTLY = "application/vnd.plotly.v1+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
"""What JupyterLab writes of Python's kernel, without the version, which differs by machine."""
_EXPONENT = 1e21
"""From here on JavaScript writes whole numbers with an exponent, and so does Python."""


def as_javascript(value: Any) -> Any:
    """Plain JSON values with every number as it comes back from JavaScript.

    Whole floats become integers, and what JSON cannot say (infinity, not a number) becomes None,
    as in a browser. Python writes the numbers that remain in a form that reads as the same number.

    >>> as_javascript({"y": [1.0, -0.0, 0.25, 1e-05, 1e16, float("nan")], "of": (2, True, "a")})
    {'y': [1, 0, 0.25, 1e-05, 10000000000000000, None], 'of': [2, True, 'a']}
    """
    if isinstance(value, Mapping):
        return {str(key): as_javascript(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_javascript(item) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value)
    return value


def _number(value: float) -> float | None:
    number = float(value)  # JavaScript knows no other kind of number
    if not math.isfinite(number):
        return None
    if number.is_integer() and abs(number) < _EXPONENT:
        return int(Decimal(repr(number)))  # the shortest digits, and zeros after them
    return number


def tidy(notebook: dict[str, Any]) -> None:
    """Take out of a notebook, in place, what differs between machines, programs and runs.

    Sources, the order of execution and whatever somebody chose (tags, folded outputs) stay.
    """
    notebook["metadata"].pop("widgets", None)
    notebook["metadata"] |= {"kernelspec": _copy(KERNEL), "language_info": _copy(LANGUAGE)}
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)  # when it ran, where JupyterLab is set to say so
        if "outputs" in cell:
            cell["outputs"] = [o for o in cell["outputs"] if not _tells_of_work(o)]
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if PLOTLY in data:
                data.pop("image/png", None)  # JupyterLab's, drawn as wide as the window was
            for kind in data:
                if kind.endswith("json"):
                    data[kind] = as_javascript(data[kind])


def _tells_of_work(output: Mapping[str, Any]) -> bool:
    """Whether an output said how long something takes (`progress`)."""
    told = output.get("metadata", {}).get("parallax", {})
    return isinstance(told, Mapping) and told.get("progress") is True


def renumber(notebook: dict[str, Any]) -> None:
    """Count the executed cells from 1; for a notebook whose cells ran from top to bottom."""
    count = 0
    for cell in notebook["cells"]:
        if cell.get("execution_count") is None:
            continue
        count += 1
        cell["execution_count"] = count
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count


def _copy(known: Mapping[str, Any]) -> dict[str, Any]:
    return {k: _copy(v) if isinstance(v, Mapping) else v for k, v in known.items()}
