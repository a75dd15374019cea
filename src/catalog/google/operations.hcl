# What protection and algorithm of a key are called in the Cloud Billing Catalog.
resource "google_kms_crypto_key" {
  docs = "https://cloud.google.com/kms/pricing"
  usage {
    # Active versions of the key.
    key_versions = null
    # Operations with the key a month.
    monthly_key_operations = null
  }
  let {
    template  = known(self.version_template, [])[0]
    is_hsm    = known(template.protection_level, "SOFTWARE") == "HSM"
    algorithm = known(template.algorithm, "GOOGLE_SYMMETRIC_ENCRYPTION")
    # Large RSA keys and elliptic curves in hardware have the dear, tiered price.
    is_asymmetric = is_hsm && (startswith(algorithm, "EC_") || startswith(algorithm, "RSA_"))
  }
  component "Key versions" {
    unit     = "months"
    quantity = usage.key_versions
    price {
      service = "Cloud Key Management Service (KMS)"
      sku     = is_asymmetric ? "Active HSM asymmetric key versions" : (is_hsm ? "Active HSM symmetric key versions" : "Active software symmetric key versions")
    }
  }
  component "Operations" {
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_key_operations
    price {
      service = "Cloud Key Management Service (KMS)"
      sku     = is_hsm ? "HSM cryptographic operations" : "Cryptographic operations with a software key version"
    }
  }
  example "a software key" {
    self   = {}
    usage  = { key_versions = 2, monthly_key_operations = 20000 }
    expect = { "Key versions" = 2, "Operations" = 20000 }
  }
}

template "google_log_bucket" {
  usage {
    # GB of logs taken in a month.
    monthly_logging_data_gb = null
  }
  component "Logging data" {
    unit     = "GB"
    quantity = usage.monthly_logging_data_gb
    price {
      service = "Cloud Logging"
      sku     = "Log Storage cost"
    }
  }
}

resource "google_logging_project_bucket_config" {
  docs = "https://cloud.google.com/stackdriver/pricing"
  use "google_log_bucket" {}
  example "a bucket" {
    self   = {}
    usage  = { monthly_logging_data_gb = 4 }
    expect = { "Logging data" = 4 }
  }
}

resource "google_logging_folder_bucket_config" {
  docs = "https://cloud.google.com/stackdriver/pricing"
  use "google_log_bucket" {}
  example "a bucket" {
    self   = {}
    expect = { "Logging data" = null }
  }
}

resource "google_logging_organization_bucket_config" {
  docs = "https://cloud.google.com/stackdriver/pricing"
  use "google_log_bucket" {}
  example "a bucket" {
    self   = {}
    expect = { "Logging data" = null }
  }
}

resource "google_logging_billing_account_bucket_config" {
  docs = "https://cloud.google.com/stackdriver/pricing"
  use "google_log_bucket" {}
  example "a bucket" {
    self   = {}
    expect = { "Logging data" = null }
  }
}

resource "google_secret_manager_secret" {
  docs = "https://cloud.google.com/secret-manager/pricing"
  usage {
    # Active versions of the secret.
    active_secret_versions = null
    # Accesses a month.
    monthly_access_operations = null
    # Rotation notifications a month.
    monthly_rotation_notifications = null
  }
  component "Active secret versions" {
    unit     = "versions"
    quantity = usage.active_secret_versions
    price {
      service = "Secret Manager"
      sku     = "Secret version replica storage"
    }
  }
  component "Access operations" {
    unit     = "10K requests"
    per      = 10000
    quantity = usage.monthly_access_operations
    price {
      service = "Secret Manager"
      sku     = "Secret access operations"
    }
  }
  component "Rotation notifications" {
    unit     = "rotations"
    quantity = usage.monthly_rotation_notifications
    price {
      service = "Secret Manager"
      sku     = "Secret rotate operations"
    }
  }
  example "a secret" {
    self   = {}
    usage  = { active_secret_versions = 3, monthly_access_operations = 20000 }
    expect = { "Active secret versions" = 3, "Access operations" = 20000, "Rotation notifications" = null }
  }
}

resource "google_artifact_registry_repository" {
  docs = "https://cloud.google.com/artifact-registry/pricing"
  usage {
    # GB in the repository.
    storage_gb = null
  }
  component "Storage" {
    unit     = "GB"
    quantity = usage.storage_gb
    price {
      service = "Artifact Registry"
      sku     = "Artifact Registry Storage"
    }
  }
  example "a repository" {
    self   = {}
    usage  = { storage_gb = 9 }
    expect = { "Storage" = 9 }
  }
}
