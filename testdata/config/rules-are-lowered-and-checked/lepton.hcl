rule "Giant Instances" {
  on      = "aws_instance"
  when    = slef.monthly > 2000
  message = "too large"
}

rule "no-message" {
  on   = "aws_instance"
  when = monthly > 2000
}

rule "nothing-to-change" {
  when    = length(resources.aws_instance) > 3
  instead = { instance_type = "t3.micro" }
  message = "${nosuch(1)} instances"
}

rule "two-cures" {
  on      = "aws_instance"
  when    = true
  instead = {}
  remove  = true
  message = "go"
}
