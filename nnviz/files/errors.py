"""The one error that reading a file may raise, in words a student can act on."""


class FileProblem(Exception):
    """What is wrong (a sentence), where (a file, a row, a name), and what to do about it (a sentence)."""

    def __init__(self, what: str, where: str, remedy: str) -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy}"
