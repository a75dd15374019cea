resource "aws_secretsmanager_secret" {
  docs = "https://aws.amazon.com/secrets-manager/pricing/"

  usage {
    # API requests for the secret a month.
    monthly_requests = null
  }

  component "Secret" {
    unit     = "months"
    # Each replica is a secret of its own.
    quantity = 1 + length(known(self.replica, []))
    price {
      service    = "AWSSecretsManager"
      usage_type = "AWSSecretsManager-Secrets"
    }
  }

  component "API requests" {
    unit     = "10k requests"
    per      = 10000
    quantity = usage.monthly_requests
    price {
      service    = "AWSSecretsManager"
      usage_type = "AWSSecretsManagerAPIRequest"
    }
  }

  example "one secret" {
    self   = { name = "secret" }
    expect = { "Secret" = 1, "API requests" = null }
  }

  example "replicated to two regions" {
    self   = { name = "secret", replica = [{ region = "eu-west-1" }, { region = "eu-west-2" }] }
    usage  = { monthly_requests = 100000 }
    expect = { "Secret" = 3, "API requests" = 100000 }
  }
}
