# SPDX-License-Identifier: MIT
"""Names that the sources of the repository define or use, and the names of its ctest cases and files."""
import fnmatch
import re
from pathlib import Path

FOLDERS = ("include", "bench", "tests", "cmake", "docs/snippets", "docs/schema")
C_LIKE = {".cpp", ".hpp", ".in"}
HASH_COMMENTS = {".py", ".sh", ".cmake", ".txt", ""}
TEXT = C_LIKE | HASH_COMMENTS | {".json"}


def without_comments(text, suffix):
    """Returns the text without its comments: a name that only a comment has is not defined anywhere."""
    if suffix in C_LIKE:
        text = re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)
        return re.sub(r"(?<![:\"])//.*", " ", text)
    if suffix in HASH_COMMENTS:
        return re.sub(r"(^|\s)#(?!include|define|if|endif|pragma).*", " ", text)
    return text


class Sources:
    """Words, flags, test names and files of one repository."""

    def __init__(self, repository):
        self.root = Path(repository)
        self.words, self.flags, self.tests = set(), set(), set()
        self.files = self._list_files()
        for path in self.files:
            if path.suffix in TEXT and self._is_source(path):
                self._read(path)
        self.paths = {str(path) for path in self.files}
        for path in self.files:
            self.paths.update(str(folder) for folder in path.parents)
            self.words.update(path.parts)
            self.words.add(path.stem)

    def _list_files(self):
        """Files of the repository, without build trees and git's own."""
        hidden = {"build", ".git", "reports"}
        files = []
        for folder in sorted(path for path in self.root.iterdir() if path.name not in hidden):
            found = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
            files += [path.relative_to(self.root) for path in found if "__pycache__" not in path.parts and path.is_file()]
        return files

    @staticmethod
    def _is_source(path):
        inside = any(path.is_relative_to(folder) for folder in FOLDERS)
        docs = path.is_relative_to("tests/build/docs") and path.name != "CMakeLists.txt"
        data = path.is_relative_to("tests/golden") or docs or "corpus" in path.parts
        return (inside and not data) or path.parent == Path(".") and path.suffix in (".txt", ".json")

    def _read(self, path):
        text = without_comments((self.root / path).read_text(errors="replace"), path.suffix)
        self.words.update(re.findall(r"[A-Za-z_]\w*(?:-[A-Za-z]\w*)*", text))
        self.words.update(re.findall(r"[A-Za-z_]\w*", text))
        if not (path.is_relative_to("tests") and path.suffix in C_LIKE):  # those hand made-up flags to the programs
            self.flags.update(re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", text))
        if path.name == "CMakeLists.txt":
            names = re.findall(r"add_test\(\s*NAME\s+\"?([^\s\")]+)", text)
            names = [re.sub(r"\$\{\w+\}", "*", name) for name in names]
            self.tests.update(name for name in names if name.strip("*"))  # one of variables alone would fit every name

    def has_path(self, text):
        """Tells if a path, perhaps with `*` in it, is a file or a folder of the repository."""
        text = text.rstrip("/")
        for base in ("", "include/nbk/", "include/", "docs/", "tests/", "bench/", "cmake/"):
            if base + text in self.paths:
                return True
            if "*" in text and any(fnmatch.fnmatchcase(path, base + text) for path in self.paths):
                return True
        return False

    def has_test(self, text):
        """Tells if a name, perhaps with `*` in it, is that of a ctest case or of a file of nbk_tests."""
        text = re.sub(r"\.threads\d$", "", text)
        if f"tests/{text}.cpp" in self.paths:
            return True
        return any(fnmatch.fnmatchcase(text, name) or fnmatch.fnmatchcase(name, text) for name in self.tests)

    def has_word(self, word):
        """Tells if a word is in the sources."""
        return word in self.words

    def has_part(self, part):
        """Tells if a word of the sources begins with a part that ends in `_`, or ends with one that begins with it."""
        words = self.words | self.flags
        return any(word.endswith(part) if part.startswith("_") else word.startswith(part) for word in words)
