currency = "CHF"

placement {
}
