# Types of providers that bill nothing for them: files, random values, certificates, identities, objects inside clusters.
resource "local_sensitive_file" { free = true }
resource "random_bytes" { free = true }
resource "random_shuffle" { free = true }
resource "terraform_data" { free = true }
resource "time_offset" { free = true }
resource "time_static" { free = true }
resource "tls_cert_request" { free = true }
resource "tls_locally_signed_cert" { free = true }
