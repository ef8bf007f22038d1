"""Opening a file: what was understood of it, what is to be made of it, and what that means."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nnviz.engine.data import SCALINGS
from nnviz.files.choices import Choices
from nnviz.files.reading import read
from nnviz.files.table import Table
from nnviz.files.understanding import Understanding, meaning, missing, understand, written
from nnviz.files.words import counted
from nnviz.session.session import Session
from nnviz.ui.data.dialog import DataDialog
from nnviz.ui.data.preview import FIRST_ROWS, Features, Preview
from nnviz.ui.fields import Choice, Heading, Label
from nnviz.ui.quiet import quiet
from nnviz.ui.theme import Theme
from nnviz.ui.worker import Background

DROP = "Leave out rows with missing values"
CHOICES_WIDTH = 296
PATIENCE = 300
"""Milliseconds after which reading is said to take long."""


class OpenDialog(DataDialog):
    """What the file or files at *paths* hold; the choices are applied as they are made."""

    another_asked = Signal()

    def __init__(self, session: Session, background: Background, paths: Sequence[Path], parent: QWidget) -> None:
        names = " + ".join(path.name for path in paths)
        super().__init__(session, background, f"Open data: {names}", "Use these data", parent)
        self._paths, self._names = tuple(paths), names
        self._table: Table | None = None
        self._choices = Choices()
        self._preview, self._features = Preview(self), Features(self)
        self.format = Label("", "muted", 12)
        self.gaps = Label("", "negative", 12)
        self.progress = QProgressBar(textVisible=False, accessibleName="Reading", minimum=0, maximum=0)
        self.progress.hide()
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self.progress.show)
        self.label = Choice("Column of the classes")
        self.features = QListView(uniformItemSizes=True, accessibleName="Columns that are features")
        self.all = QPushButton("All", autoDefault=False, accessibleName="All columns of numbers are features")
        self.none = QPushButton("Only one", autoDefault=False, accessibleName="Only the first column is a feature")
        self.scaling = Choice("Scaling of the features")
        self.header = QCheckBox("Names in the first row")
        self.drop = QCheckBox(DROP)
        self.rows = QTableView(accessibleName="The first rows")
        self.another = QPushButton("Another file…", autoDefault=False)
        self._arrange()
        self._connect()
        self.follow()
        self.cancel.setFocus()
        self._read(None)

    def wanted_size(self, theme: Theme) -> QSize:
        return QSize(theme.px(900), theme.px(620))

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._left.setFixedWidth(theme.px(CHOICES_WIDTH))
        self._left.layout().setSpacing(theme.px(7))
        self._preview.dress(theme)
        self._features.dress(theme)
        self.progress.setFixedHeight(theme.px(6))
        self.rows.verticalHeader().setDefaultSectionSize(theme.px(24))
        self.rows.horizontalHeader().setDefaultSectionSize(theme.px(104))

    def _arrange(self) -> None:
        self.features.setModel(self._features)
        self.rows.setModel(self._preview)
        self.rows.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.rows.setTabKeyNavigation(False)  # Tab goes on to the next field
        self.rows.setWordWrap(False)
        self.rows.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.scaling.offer({row.title: row.name for row in SCALINGS})
        for label in (self.format, self.gaps):
            label.setWordWrap(True)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        both = QHBoxLayout()
        both.addWidget(self.all)
        both.addWidget(self.none)
        both.addStretch(1)
        for title, field in (("Classes", self.label), ("Features", self.features), ("Scaling", self.scaling)):
            left.addWidget(Heading(title))
            left.addWidget(field, 1 if field is self.features else 0)
            left.addLayout(both) if field is self.features else None
        left.addWidget(self.header)
        left.addWidget(self.drop)
        middle = QHBoxLayout()
        middle.addWidget(self._left)
        middle.addWidget(self.rows, 1)
        self.column.addWidget(self.format)
        self.column.addWidget(self.progress)
        self.column.addLayout(middle, 1)
        self.column.addWidget(self.gaps)
        self.gaps.hide()
        self.buttons.insertWidget(0, self.another)
        QWidget.setTabOrder(self.rows, self.another)

    def _connect(self) -> None:
        self.label.activated.connect(self._choose_label)
        self._features.chosen.connect(lambda names: self._choose(features=names))
        self.all.clicked.connect(lambda: self._features.mark_all(True))
        self.none.clicked.connect(lambda: self._features.mark_all(False))
        self.scaling.activated.connect(lambda: self._choose(scaling=self.scaling.currentData()))
        self.drop.toggled.connect(lambda on: self._choose(drop_missing=on))
        self.header.toggled.connect(self._read)
        self.another.clicked.connect(self.reject)
        self.another.clicked.connect(self.another_asked)

    def _read(self, header: bool | None) -> None:
        """Read the file; *header* says whether it has names, None: found by itself."""
        self._choices = Choices(scaling=self._choices.scaling, drop_missing=self._choices.drop_missing)
        self._show_table(None)
        self.format.setText("")
        self._patience.start(PATIENCE)
        self.wait(f"{self._names} is being read …")
        paths, choices = self._paths, self._choices
        self.background.run(lambda: _read(paths, header, choices), self._was_read, self._failed)

    def _was_read(self, result: tuple[Table, Understanding]) -> None:
        table, understanding = result
        self._rest()
        self.format.setText(
            "\n".join([f"{written(table)}; {counted(len(table), 'row')}{_beyond(table)}", *table.notes])
        )
        self._show_table(table)
        self._understood(understanding)
        self.label.setFocus()

    def _failed(self, error: Exception) -> None:
        self._rest()
        self.refuse(str(error))

    def _rest(self) -> None:
        self._patience.stop()
        self.progress.hide()

    def _show_table(self, table: Table | None) -> None:
        self._table = table
        self._preview.show_table(table)
        self._features.show_table(table)
        self.label.offer({} if table is None else {name: name for name in table.names})
        self.label.choose(None)
        has_header = None if table is None else table.format.header
        for widget in (self.label, self.features, self.all, self.none, self.scaling, self.drop):
            widget.setEnabled(table is not None)
        with quiet(self.header):
            self.header.setChecked(bool(has_header))
        self.header.setEnabled(has_header is not None)
        arrays = table is not None and has_header is None
        self.header.setToolTip("Not now: arrays have no row of names." if arrays else "")

    def _choose_label(self) -> None:
        """The features are found anew: what was the label may be one."""
        self._choose(label=self.label.currentData(), features=None)

    def _choose(self, **changes: object) -> None:
        """Apply a choice, beside the window."""
        self._choices = replace(self._choices, **changes)
        table, choices = self._table, self._choices
        self.wait("The choice is being applied.")
        self.background.run(lambda: understand(table, choices), self._understood, self._failed)

    def _understood(self, found: Understanding) -> None:
        if found.settled is not None:
            self.label.choose(found.settled.label)
            self.scaling.choose(found.settled.scaling)
            for model in (self._features, self._preview):
                model.show_choice(found.settled.label, found.settled.features)
        self.gaps.setText(missing(found.gaps))
        self.gaps.setVisible(bool(found.gaps) and found.data is not None)  # else the problem names them
        self.drop.setText(f"{DROP} ({found.affected:,})" if found.gaps else DROP)
        self.drop.setEnabled(bool(found.gaps) or self.drop.isChecked())
        self.drop.setToolTip("" if self.drop.isEnabled() else "Not now: no value is missing.")
        if found.data is not None:
            self.offer(found.data, meaning(found.data))
        else:
            self.refuse(str(found.problem))


def _read(paths: Sequence[Path], header: bool | None, choices: Choices) -> tuple[Table, Understanding]:
    table = read(*paths, header=header)
    return table, understand(table, choices)


def _beyond(table: Table) -> str:
    return f", of which the first {FIRST_ROWS:,} are shown" if len(table) > FIRST_ROWS else ""
