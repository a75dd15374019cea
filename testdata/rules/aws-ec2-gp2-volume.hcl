case "the root volume and one without a type" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    root_block_device {
      volume_type = "gp2"
      volume_size = 50
    }
    ebs_block_device {
      device_name = "/dev/sdf"
      volume_size = 100
    }
    ebs_block_device {
      device_name = "/dev/sdg"
      volume_size = 100
      volume_type = "gp3"
    }
  }
  finds = { "aws_instance.web" = (50 + 100) * (0.10 - 0.08) }
}

case "a large volume buys the IOPS and throughput that it had" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    ebs_block_device {
      device_name = "/dev/sdf"
      volume_type = "gp2"
      volume_size = 2000
    }
  }
  finds = { "aws_instance.web" = 2000 * (0.10 - 0.08) - (6000 - 3000) * 0.005 - (250 - 125) * 0.04 }
}

case "a template that a group starts three times" {
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "m6i.large"
    block_device_mappings {
      device_name = "/dev/xvda"
      ebs {
        volume_type = "gp2"
        volume_size = 40
      }
    }
  }
  resource "aws_autoscaling_group" "web" {
    min_size = 3
    max_size = 3
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = { "aws_launch_template.web" = 3 * 40 * (0.10 - 0.08) }
}

case "gp3 already" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    root_block_device {
      volume_type = "gp3"
      volume_size = 50
    }
  }
  finds = {}
}

case "the image decides" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    root_block_device {
      volume_size = 50
    }
  }
  finds = {}
}

case "a template that leaves the type to others" {
  resource "aws_launch_template" "web" {
    image_id = "ami-1"
  }
  finds = {}
}

case "two templates alike, of which a group starts one" {
  resource "aws_launch_template" "idle" {
    image_id      = "ami-1"
    instance_type = "m6i.large"
    block_device_mappings {
      device_name = "/dev/xvda"
      ebs {
        volume_type = "gp2"
        volume_size = 40
      }
    }
  }
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "m6i.large"
    block_device_mappings {
      device_name = "/dev/xvda"
      ebs {
        volume_type = "gp2"
        volume_size = 40
      }
    }
  }
  resource "aws_autoscaling_group" "web" {
    min_size = 3
    max_size = 3
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = { "aws_launch_template.web" = 3 * 40 * (0.10 - 0.08) }
}
