size = 400
