"""The Evidence screen: files listed and searched, their pages read, claims bound to them."""
