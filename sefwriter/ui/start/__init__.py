"""Where one begins: carry on with a SEF, start one, open one, look round the demonstration."""
