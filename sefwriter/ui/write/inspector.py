"""The pane on the right: the claim with the caret, the section, and what is wrong."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout

from sefwriter.model.checks import Check
from sefwriter.ui.widgets.pieces import Ground
from sefwriter.ui.write.claim_tab import ClaimTab
from sefwriter.ui.write.section_tab import ChecksTab, SectionTab


class Inspector(Ground):
    """Three tabs over one stack."""

    def __init__(self, go_to_check: Callable[[Check], None]) -> None:
        super().__init__("window")
        self.setAccessibleName("Inspector")
        self.claim = ClaimTab()
        self.section = SectionTab()
        self.checks = ChecksTab(go_to_check)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Claim, section, checks")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(True)
        self._stack = QStackedWidget()
        for name, tab in (
            ("Claim", self.claim),
            ("Section", self.section),
            ("Checks", self.checks),
        ):
            self.tabs.addTab(name)
            self._stack.addWidget(tab)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """What is wrong in the section, with its count on the tab."""
        self.tabs.setTabText(2, f"Checks {len(checks)}" if checks else "Checks")
        self.checks.show_checks(tuple(checks))

    def show_claim_tab(self) -> None:
        """Brings the claim to the front."""
        self.tabs.setCurrentIndex(0)
