rule "circle" {
  on = "aws_instance"

  let {
    a    = b + 1
    b    = a + 1
    self = 5
  }

  when    = a > 1
  message = "never"
}
