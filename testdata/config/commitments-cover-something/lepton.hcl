currency = "EUR"

commitment "aws" {
  kind     = "reserved"
  term     = "2y"
  coverage = 110
  percent  = 30
}

commitment "aws" {
  kind     = "saving"
  coverage = 50
  hours    = 100
}

commitment "aws" {
  service = "AmazonEC2"
  until   = "2027-01-01"
  monthly = 100
}

commitment "aws" {
  kind  = "reserved"
  until = "2027-01-01"
  hours = 730
  percent = 120
}

commitment "google" {
  kind       = "committed-use"
  coverage   = 50
  unit_price = 0.02
}

commitment "azure" {
  until = "2027-01-01"
}
