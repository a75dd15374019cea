placement {
}
