variable "size" {
  type    = string
  default = "large"
}
