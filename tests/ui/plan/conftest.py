from tests.ui.stage import app, home, made_once, no_warnings_from_qt

__all__ = ["app", "home", "made_once", "no_warnings_from_qt"]
