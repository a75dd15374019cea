# A vault itself costs nothing; its keys, secrets and certificates are billed by operation.
resource "azurerm_key_vault" { free = true }

resource "azurerm_key_vault_key" {
  docs = "https://azure.microsoft.com/pricing/details/key-vault/"

  usage {
    # Operations on secrets a month.
    monthly_secrets_operations = null
    # Rotations of storage account keys a month.
    monthly_key_rotation_renewals = null
    # Operations on keys a month, in software or in a security module.
    monthly_protected_keys_operations = null
    # Keys in security modules.
    hsm_protected_keys = null
  }

  let {
    sku    = title(coalesce(ref("key_vault_id").sku_name, "standard"))
    is_hsm = endswith(coalesce(self.key_type, "RSA"), "-HSM")
    # RSA keys of 2,048 bits are the cheap ones; longer ones and elliptic curves are "advanced".
    is_plain = startswith(coalesce(self.key_type, "RSA"), "RSA") && coalesce(self.key_size, 2048) == 2048
  }

  component "Secrets operations" {
    unit     = "10K transactions"
    per      = 10000
    quantity = usage.monthly_secrets_operations
    price {
      service = "Key Vault"
      product = "Key Vault"
      sku     = sku
      meter   = "Operations"
    }
  }

  component "Storage key rotations" {
    unit     = "renewals"
    quantity = usage.monthly_key_rotation_renewals
    price {
      service = "Key Vault"
      product = "Key Vault"
      sku     = sku
      meter   = "Secret Renewal"
    }
  }

  component "Software-protected keys" {
    when     = !is_hsm
    unit     = "10K transactions"
    per      = 10000
    quantity = usage.monthly_protected_keys_operations
    price {
      service = "Key Vault"
      product = "Key Vault"
      sku     = sku
      meter   = is_plain ? "Operations" : "Advanced Key Operations"
    }
  }

  component "HSM-protected keys" {
    when     = is_hsm
    unit     = "months"
    quantity = usage.hsm_protected_keys
    price {
      service = "Key Vault"
      product = "Key Vault"
      sku     = "Premium"
      meter   = is_plain ? "Premium HSM-protected RSA 2048-bit key" : "Premium HSM-protected Advanced Key"
    }
  }

  component "HSM-protected key operations" {
    when     = is_hsm
    unit     = "10K transactions"
    per      = 10000
    quantity = usage.monthly_protected_keys_operations
    price {
      service = "Key Vault"
      product = "Key Vault"
      sku     = "Premium"
      meter   = is_plain ? "Operations" : "Advanced Key Operations"
    }
  }

  example "a key in software" {
    region = "westeurope"
    self   = { key_type = "RSA", key_size = 2048 }
    refs   = { "key_vault_id" = { sku_name = "standard" } }
    usage  = { monthly_protected_keys_operations = 1000000 }
    expect = { "Secrets operations" = null, "Storage key rotations" = null, "Software-protected keys" = 1000000 }
  }

  example "long keys in security modules" {
    region = "westeurope"
    self   = { key_type = "RSA-HSM", key_size = 4096 }
    refs   = { "key_vault_id" = { sku_name = "premium" } }
    usage  = { hsm_protected_keys = 3000 }
    expect = { "Secrets operations" = null, "Storage key rotations" = null, "HSM-protected keys" = 3000, "HSM-protected key operations" = null }
  }
}

resource "azurerm_key_vault_certificate" {
  docs = "https://azure.microsoft.com/pricing/details/key-vault/"

  usage {
    # Renewals of certificates a month.
    monthly_certificate_renewal_requests = null
    # Other operations on certificates a month.
    monthly_certificate_other_operations = null
  }

  let {
    sku = title(coalesce(ref("key_vault_id").sku_name, "standard"))
  }

  component "Certificate renewals" {
    unit     = "requests"
    quantity = usage.monthly_certificate_renewal_requests
    price {
      service = "Key Vault"
      product = "Key Vault"
      sku     = sku
      meter   = "Certificate Renewal Request"
    }
  }

  component "Certificate operations" {
    unit     = "10K transactions"
    per      = 10000
    quantity = usage.monthly_certificate_other_operations
    price {
      service = "Key Vault"
      product = "Key Vault"
      sku     = sku
      meter   = "Operations"
    }
  }

  example "renewed every month" {
    region = "westeurope"
    self   = { name = "certificate" }
    usage  = { monthly_certificate_renewal_requests = 1 }
    expect = { "Certificate renewals" = 1, "Certificate operations" = null }
  }
}
