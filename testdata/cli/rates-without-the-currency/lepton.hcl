currency = "NOK"
rates    = "../overlays/rates/eurofxref.csv"
