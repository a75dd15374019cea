resource "demo_disk" {
  component "Space" {
    unit     = "GB"
    quantity = self.size_gb
    rate {
      price    = 0.1
      currency = "USD"
      source   = "https://demo.example/prices"
      as_of    = "2026-01-01"
    }
  }

  example "of 100 GB" {
    self   = { size_gb = 100 }
    expect = { "Space" = 100 }
  }
}

