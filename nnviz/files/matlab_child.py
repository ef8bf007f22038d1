"""A process of its own that reads a .mat file from its input and writes the arrays in it, as .npz, to its output.

`scipy.io.loadmat` can be made to crash, or to take all memory, by a hostile file of a few hundred bytes; here it
takes nobody with it. Run as a script: it imports nothing of nnviz, and is never imported for more than its names.
"""

import contextlib
import sys
import zipfile
from typing import Any, BinaryIO

SECONDS = 10
_MEMORY = 2**30
_OUTPUT = 2**29
DAMAGED, NEWER, TOO_LARGE = 3, 4, 5  # exit codes
_KINDS = "biufU"  # numbers and words


def main() -> int:
    """Do it and return the exit code."""
    _limit()
    with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as target:
        source.seek(0)
        try:
            _write(target, _arrays(source))
        except NotImplementedError:  # an HDF5 file, as MATLAB's save -v7.3 writes it
            return NEWER
        except MemoryError:
            return TOO_LARGE
        except Exception:  # whatever it is, the file made the reader raise it
            return DAMAGED
    return 0


def _limit() -> None:
    """So much memory, time and output and no more, where the system can be asked for that."""
    if sys.platform != "win32":
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, _MEMORY),
            (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_FSIZE, _OUTPUT),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(kind)
            with contextlib.suppress(ValueError, OSError):  # macOS refuses any limit of the address space
                resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _arrays(source: BinaryIO) -> dict[str, Any]:
    """Those arrays that hold numbers or words; structures, functions and the like are left aside."""
    import scipy.io

    variables = scipy.io.loadmat(source).items()
    plain = {name: _plain(value) for name, value in variables if name.isidentifier() and not name.startswith("__")}
    return {name: array for name, array in plain.items() if array is not None}


def _plain(value: Any) -> Any:
    """The variable as an array of numbers or words; None for what is neither."""
    import numpy as np

    array = value.toarray() if hasattr(value, "toarray") else value  # a sparse matrix
    if not isinstance(array, np.ndarray):
        return None
    if array.dtype.kind == "O" and all(isinstance(cell, np.ndarray) and cell.dtype.kind == "U" for cell in array.flat):
        return np.array(["".join(cell.flat) for cell in array.flat]).reshape(array.shape)  # a cell array of texts
    return array if array.dtype.kind in _KINDS else None


def _write(target: BinaryIO, arrays: dict[str, Any]) -> None:
    import numpy as np

    with zipfile.ZipFile(target, "w") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.asanyarray(array), allow_pickle=False)


if __name__ == "__main__":
    sys.exit(main())
