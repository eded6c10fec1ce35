"""On the path of a process, `pytorch_impl` computes in NumPy alone.

Tests of the runner start many processes that train a little. What they assert
does not depend on what computes, and PyTorch takes seconds to import.
"""

import sys
from importlib.util import LazyLoader, module_from_spec, spec_from_file_location
from pathlib import Path

NAME = "pytorch_impl"
PATH = Path(__file__).with_name("implementation.py")

spec = spec_from_file_location(NAME, PATH)
loader = spec.loader = LazyLoader(spec.loader)
sys.modules[NAME] = module_from_spec(spec)
loader.exec_module(sys.modules[NAME])
