workload "aws_instance.a" {
  with = "module.b.aws_instance.x"
}

workload "module.b.*" {
  with = "aws_instance.c[0]"
}

workload "aws_instance.c" {
  with = "aws_instance.a"
}

workload "aws_instance.alone" {
  with = "aws_instance.alone"
}

workload "aws_instance.leads-into-the-circle" {
  with = "aws_instance.a"
}

workload "module.pool.*" {
  with = "module.pool.aws_instance.main"
}

workload "aws_instance.many" {
  with = "module.*"
}
