generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite"
  contents  = "provider \"aws\" {\n  region = \"us-east-1\"\n}\n"
}
