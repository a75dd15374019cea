locals {
  type = "t3.micro"
}
