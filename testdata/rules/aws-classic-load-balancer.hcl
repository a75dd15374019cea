case "a classic one: its replacement is another resource" {
  resource "aws_elb" "web" {
    name = "web"
  }
  finds = { "aws_elb.web" = null }
}

case "an application load balancer" {
  resource "aws_lb" "web" {
    name = "web"
  }
  finds = {}
}
