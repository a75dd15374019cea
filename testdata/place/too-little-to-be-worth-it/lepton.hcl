placement {
  minimum_saving = 50
}
