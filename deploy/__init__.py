"""Ways to run the product for others: containers, one Linux machine, Windows without internet."""
