from tests.ui.stage import app, no_warnings_from_qt

__all__ = ["app", "no_warnings_from_qt"]
