size = 100
