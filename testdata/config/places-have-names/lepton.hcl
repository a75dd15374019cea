placement {
  providers           = ["aws", "gcp"]
  forbidden_providers = "tencen"
  regions             = ["eu-central-1", "azur/westeurope", "google/europe/west3"]
  forbidden_regions   = ["aws/us-east-1", 5]
  countries           = ["DE", "France"]
}

placement {
  max_moves = 1
}

commitment "awss" {
  until   = "2027-06-31"
  monthly = 500
}
