# What requests with a key of a kind are called in the price list; symmetric and HMAC keys have the plain price.
table "kms_requests" {
  rows = {
    "RSA_2048"          = "KMS-Requests-Asymmetric-RSA_2048"
    "RSA_3072"          = "KMS-Requests-Asymmetric"
    "RSA_4096"          = "KMS-Requests-Asymmetric"
    "ECC_NIST_P256"     = "KMS-Requests-Asymmetric"
    "ECC_NIST_P384"     = "KMS-Requests-Asymmetric"
    "ECC_NIST_P521"     = "KMS-Requests-Asymmetric"
    "ECC_SECG_P256K1"   = "KMS-Requests-Asymmetric"
    "ECC_NIST_EDWARDS25519" = "KMS-Requests-Asymmetric"
    "SM2"               = "KMS-Requests-Asymmetric"
  }
}

template "kms_key" {
  component "Customer master key" {
    unit     = "months"
    quantity = 1
    note     = "The first two rotations of a key cost as much again each."
    price {
      service    = "awskms"
      usage_type = "KMS-Keys"
    }
  }
}

resource "aws_kms_key" {
  docs = "https://aws.amazon.com/kms/pricing/"

  usage {
    # Requests with the key a month.
    monthly_requests = null
    # GenerateDataKeyPair requests for elliptic curves a month.
    monthly_ecc_key_pair_requests = null
    # GenerateDataKeyPair requests for RSA a month.
    monthly_rsa_key_pair_requests = null
  }

  let {
    spec         = known(self.customer_master_key_spec, "SYMMETRIC_DEFAULT")
    usage_type   = coalesce(table.kms_requests[spec], "KMS-Requests")
    kind         = spec == "RSA_2048" ? "RSA 2048" : (usage_type == "KMS-Requests" ? null : "asymmetric")
    is_symmetric = spec == "SYMMETRIC_DEFAULT"
  }

  use "kms_key" {}

  component "Requests" {
    detail   = kind
    unit     = "10k requests"
    per      = 10000
    quantity = usage.monthly_requests
    note     = "The first 20,000 requests of an account, free each month, are not taken off."
    price {
      service    = "awskms"
      usage_type = usage_type
    }
  }

  component "ECC GenerateDataKeyPair requests" {
    unit     = "10k requests"
    per      = 10000
    quantity = usage.monthly_ecc_key_pair_requests
    when     = is_symmetric
    optional = true
    price {
      service    = "awskms"
      usage_type = "KMS-Requests-GenerateDatakeyPair-ECC"
    }
  }

  component "RSA GenerateDataKeyPair requests" {
    unit     = "10k requests"
    per      = 10000
    quantity = usage.monthly_rsa_key_pair_requests
    when     = is_symmetric
    optional = true
    price {
      service    = "awskms"
      usage_type = "KMS-Requests-GenerateDatakeyPair-RSA"
    }
  }

  example "symmetric" {
    self   = { description = "key" }
    usage  = { monthly_ecc_key_pair_requests = 10, monthly_rsa_key_pair_requests = 20 }
    expect = {
      "Customer master key" = 1, "Requests" = null
      "ECC GenerateDataKeyPair requests" = 10, "RSA GenerateDataKeyPair requests" = 20
    }
  }

  example "RSA 2048" {
    self   = { customer_master_key_spec = "RSA_2048" }
    usage  = { monthly_requests = 20000 }
    expect = { "Customer master key" = 1, "Requests" = 20000 }
  }

  example "elliptic curve" {
    self   = { customer_master_key_spec = "ECC_NIST_P256" }
    expect = { "Customer master key" = 1, "Requests" = null }
  }
}

resource "aws_kms_external_key" {
  docs = "https://aws.amazon.com/kms/pricing/"

  use "kms_key" {}

  example "imported key material" {
    self   = { description = "key" }
    expect = { "Customer master key" = 1 }
  }
}

resource "aws_kms_replica_key" {
  docs = "https://aws.amazon.com/kms/pricing/"

  use "kms_key" {}

  example "each replica is a key" {
    self   = { description = "key" }
    expect = { "Customer master key" = 1 }
  }
}
