resource "aws_lambda_function" {
  docs = "https://aws.amazon.com/lambda/pricing/"

  usage {
    # Requests to the function a month.
    monthly_requests = null
    # Average duration of a request in milliseconds.
    request_duration_ms = null
  }

  let {
    # Terraform's and AWS's defaults: 128 MB, x86, and 512 MB of ephemeral storage at no charge.
    memory_gb         = known(self.memory_size, 128) / 1024
    is_arm            = contains(known(self.architectures, ["x86_64"]), "arm64")
    suffix            = is_arm ? "-ARM" : ""
    seconds           = usage.monthly_requests * ceil(usage.request_duration_ms) / 1000
    ephemeral_mb      = known(self.ephemeral_storage[0].size, 512)
    ephemeral_paid_gb = (ephemeral_mb - 512) / 1024
  }

  component "Requests" {
    unit     = "1M requests"
    per      = 1000000
    quantity = usage.monthly_requests
    price {
      service    = "AWSLambda"
      usage_type = "Request${suffix}"
    }
  }

  component "Duration" {
    unit     = "GB-seconds"
    quantity = seconds * memory_gb
    note     = "The free tier of an account, 1M requests and 400,000 GB-seconds a month, is not taken off."
    price {
      service    = "AWSLambda"
      usage_type = "Lambda-GB-Second${suffix}"
    }
  }

  component "Ephemeral storage" {
    unit     = "GB-seconds"
    quantity = seconds * ephemeral_paid_gb
    when     = ephemeral_mb > 512
    price {
      service    = "AWSLambda"
      usage_type = "Lambda-Storage-GB-Second${suffix}"
    }
  }

  example "usage is not known" {
    self   = { memory_size = 512, architectures = ["x86_64"] }
    expect = { "Requests" = null, "Duration" = null }
  }

  example "duration counts whole milliseconds of its memory" {
    self   = { memory_size = 1024 }
    usage  = { monthly_requests = 1000000, request_duration_ms = 249.2 }
    expect = { "Requests" = 1000000, "Duration" = 250000 }
  }

  example "Arm with ephemeral storage" {
    self   = { memory_size = 512, architectures = ["arm64"], ephemeral_storage = [{ size = 1536 }] }
    usage  = { monthly_requests = 100000, request_duration_ms = 350 }
    expect = { "Requests" = 100000, "Duration" = 17500, "Ephemeral storage" = 35000 }
  }
}

resource "aws_lambda_provisioned_concurrency_config" {
  docs = "https://aws.amazon.com/lambda/pricing/"

  usage {
    # Hours a month in which the concurrency is provisioned.
    monthly_duration_hrs = null
    # Average duration of a request in milliseconds while it is provisioned.
    request_duration_ms = null
    # Requests a month while it is provisioned.
    monthly_requests = null
    # Memory of the function in MB; taken from the function if the plan has it.
    memory_mb = null
  }

  let {
    function  = ref("function_name", "aws_lambda_function")
    memory_mb = coalesce(known(function.memory_size, null), usage.memory_mb)
    memory_gb = memory_mb / 1024
    is_arm    = contains(known(function.architectures, ["x86_64"]), "arm64")
    suffix    = is_arm ? "-ARM" : ""
    seconds   = usage.monthly_requests * ceil(usage.request_duration_ms) / 1000
  }

  component "Requests" {
    unit     = "1M requests"
    per      = 1000000
    quantity = usage.monthly_requests
    price {
      service    = "AWSLambda"
      usage_type = "Request${suffix}"
    }
  }

  component "Provisioned Concurrency" {
    unit     = "GB-seconds"
    quantity = self.provisioned_concurrent_executions * usage.monthly_duration_hrs * 3600 * memory_gb
    price {
      service    = "AWSLambda"
      usage_type = "Lambda-Provisioned-Concurrency${suffix}"
    }
  }

  component "Duration" {
    unit     = "GB-seconds"
    quantity = seconds * memory_gb
    price {
      service    = "AWSLambda"
      usage_type = "Lambda-Provisioned-GB-Second${suffix}"
    }
  }

  example "of a function in the plan" {
    self   = { provisioned_concurrent_executions = 50 }
    refs   = { "function_name" = { memory_size = 512, architectures = ["arm64"] } }
    usage  = { monthly_duration_hrs = 53, request_duration_ms = 41, monthly_requests = 100000000 }
    expect = { "Requests" = 100000000, "Provisioned Concurrency" = 4770000, "Duration" = 2050000 }
  }

  example "of a function elsewhere" {
    self   = { provisioned_concurrent_executions = 2 }
    usage  = { monthly_duration_hrs = 100, memory_mb = 1024 }
    expect = { "Requests" = null, "Provisioned Concurrency" = 720000, "Duration" = null }
  }
}
