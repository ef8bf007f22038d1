"""Arrays from MATLAB's .mat files, read by a child process that may fail without harm."""

import os
import subprocess
import sys
import tempfile
from typing import BinaryIO

from nnviz.files import matlab_child
from nnviz.files.errors import FileProblem
from nnviz.files.matlab_child import DAMAGED, NEWER, SECONDS, TOO_LARGE
from nnviz.files.numpy_files import Arrays, from_npz

_AGAIN = "In MATLAB or Octave save X and y alone, with: save -v7 data.mat X y"
_WORDS = {
    DAMAGED: "The file is damaged, or no .mat file.",
    NEWER: "It is a .mat file of version 7.3, which is another format (HDF5).",
    TOO_LARGE: "Reading it takes more than a gigabyte.",
}


def from_mat(file: BinaryIO, where: str) -> Arrays:
    """The arrays of numbers and words in an open .mat file by name."""
    with tempfile.TemporaryFile() as output:
        # -P: beside the script stand modules whose names others may have too.
        command = [sys.executable, "-P", matlab_child.__file__]
        # With several threads BLAS alone would take more memory than the child may have.
        variables = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
        try:
            done = subprocess.run(
                command,
                stdin=file,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env=variables,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise FileProblem(f"Reading it takes longer than {SECONDS} seconds.", where, _AGAIN) from None
        if done.returncode:
            # Killed by a signal, or gone without a word: the file broke the reader.
            what = _WORDS.get(done.returncode, "The file is damaged in a way that makes its reader crash.")
            raise FileProblem(what, where, _AGAIN)
        output.seek(0)
        if not output.read(1):
            return {}
        output.seek(0)
        return from_npz(output, where)
