case "old nodes, old volumes" {
  resource "aws_opensearch_domain" "logs" {
    domain_name    = "logs"
    engine_version = "OpenSearch_2.19"
    cluster_config {
      instance_type  = "m4.large.search"
      instance_count = 3
    }
    ebs_options {
      ebs_enabled = true
      volume_type = "gp2"
      volume_size = 100
    }
  }
  finds = { "aws_opensearch_domain.logs" = null }
}

case "old masters" {
  resource "aws_opensearch_domain" "logs" {
    domain_name = "logs"
    cluster_config {
      instance_type            = "r6g.large.search"
      dedicated_master_enabled = true
      dedicated_master_type    = "c4.large.search"
    }
  }
  finds = { "aws_opensearch_domain.logs" = null }
}

case "current" {
  resource "aws_opensearch_domain" "logs" {
    domain_name = "logs"
    cluster_config {
      instance_type = "m6g.large.search"
    }
    ebs_options {
      ebs_enabled = true
      volume_type = "gp3"
      volume_size = 100
    }
  }
  finds = {}
}

case "nothing said" {
  resource "aws_opensearch_domain" "logs" {
    domain_name = "logs"
  }
  finds = {}
}
