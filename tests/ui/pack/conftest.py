from tests.desk.a_sef import home, made_once

__all__ = ["home", "made_once"]
