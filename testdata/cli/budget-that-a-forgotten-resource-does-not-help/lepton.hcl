budget "disks" {
  max_increase = 100
  max_percent  = 50
}
