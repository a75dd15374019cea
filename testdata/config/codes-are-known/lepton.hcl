builtin "aws-ebs-gp2-volum" {
  enabled = false
}

suppress "giant-instance" {
  reason = "known"
  until  = "2026-12-31"
}

rule "giant-instances" {
  on      = "aws_instance"
  when    = monthly > 2000
  message = "this instance costs ${money(monthly)} a month"
}
