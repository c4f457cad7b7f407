"""Programs that people take away with them. They import nothing of the product."""
