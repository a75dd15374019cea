machines = 3
size     = "m5.large"
