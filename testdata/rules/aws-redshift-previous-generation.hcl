case "dc2: how many RA3 nodes replace it depends on its load" {
  resource "aws_redshift_cluster" "dwh" {
    cluster_identifier = "dwh"
    node_type          = "dc2.large"
    number_of_nodes    = 4
  }
  finds = { "aws_redshift_cluster.dwh" = null }
}

case "ra3" {
  resource "aws_redshift_cluster" "dwh" {
    cluster_identifier = "dwh"
    node_type          = "ra3.large"
    number_of_nodes    = 2
  }
  finds = {}
}
