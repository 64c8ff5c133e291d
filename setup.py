"""Put into a wheel what stands beside the package in a checkout: data, notebooks, settings."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

CARRIED = ("data", "notebooks", "jupyter", "docs/accuracy.md")
PLACE = "helpers/installed"  # where `helpers.paths` looks outside a checkout
LAB = ("jupyterlab", "nbval")  # the extra `lab` (pyproject.toml): a report needs neither


class Build(build_py):
    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in CARRIED:
            source, target = Path(name), Path(self.build_lib, PLACE, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            else:
                shutil.copyfile(source, target)


def needed() -> list[str]:
    """The direct dependencies, in requirements.txt for who reads the notebooks, less `LAB`."""
    lines = Path("requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", *LAB))]


setup(cmdclass={"build_py": Build}, install_requires=needed())
