"""How the script ends when something is wrong."""

USAGE, DATA, DIVERGED, CHECK_FAILED = 2, 3, 5, 6


class Failure(Exception):
    """Something the user can mend: an exit code and one line."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
