discount {
  provider = "aws"
  percent  = 10
}
