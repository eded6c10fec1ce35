"""Pages, and what the tests of pages ask of them."""
