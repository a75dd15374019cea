# What disk types are called by users, and in the Cloud Billing Catalog.
table "google_disk_type" {
  rows = {
    "pd-standard"       = { label = "Standard provisioned storage (pd-standard)", sku = "Storage PD Capacity", regional = "Regional Storage PD Capacity", gb = 500 }
    "pd-balanced"       = { label = "Balanced provisioned storage (pd-balanced)", sku = "Balanced PD Capacity", regional = "Regional Balanced PD Capacity", gb = 100 }
    "pd-ssd"            = { label = "SSD provisioned storage (pd-ssd)", sku = "SSD backed PD Capacity", regional = "Regional SSD backed PD Capacity", gb = 100 }
    "pd-extreme"        = { label = "Extreme provisioned storage (pd-extreme)", sku = "Extreme PD Capacity", regional = null, gb = 1000 }
    "hyperdisk-extreme" = { label = "Hyperdisk provisioned storage (hyperdisk-extreme)", sku = "Hyperdisk Extreme Capacity", regional = null, gb = 1000 }
  }
}

template "google_disk" {
  input "type" {
    type    = string
    default = "pd-standard"
  }
  input "size_gb" { type = number }
  input "iops" { type = number }
  input "regional" {
    type    = bool
    default = false
  }
  input "default_gb" { type = number }
  input "note" { type = string }

  let {
    # A type may stand as the last segment of a URL.
    name = reverse(split("/", type))[0]
    kind = table.google_disk_type[name]
  }

  component "Standard provisioned storage (pd-standard)" {
    when     = name == "pd-standard"
    unit     = "GB"
    quantity = coalesce(size_gb, default_gb, kind.gb)
    note     = note
    price {
      service = "Compute Engine"
      sku     = regional ? kind.regional : kind.sku
    }
  }
  component "Balanced provisioned storage (pd-balanced)" {
    when     = name == "pd-balanced"
    unit     = "GB"
    quantity = coalesce(size_gb, default_gb, kind.gb)
    note     = note
    price {
      service = "Compute Engine"
      sku     = regional ? kind.regional : kind.sku
    }
  }
  component "SSD provisioned storage (pd-ssd)" {
    when     = name == "pd-ssd"
    unit     = "GB"
    quantity = coalesce(size_gb, default_gb, kind.gb)
    note     = note
    price {
      service = "Compute Engine"
      sku     = regional ? kind.regional : kind.sku
    }
  }
  component "Extreme provisioned storage (pd-extreme)" {
    when     = name == "pd-extreme"
    unit     = "GB"
    quantity = coalesce(size_gb, default_gb, kind.gb)
    price {
      service = "Compute Engine"
      sku     = kind.sku
    }
  }
  component "Hyperdisk provisioned storage (hyperdisk-extreme)" {
    when     = name == "hyperdisk-extreme"
    unit     = "GB"
    quantity = coalesce(size_gb, default_gb, kind.gb)
    price {
      service = "Compute Engine"
      sku     = kind.sku
    }
  }
  component "Provisioned IOPS" {
    when     = name == "hyperdisk-extreme"
    unit     = "IOPS"
    quantity = iops
    price {
      service = "Compute Engine"
      sku     = "Hyperdisk Extreme IOPS"
    }
  }
  # Other types, such as hyperdisk-balanced, stand in no list at hand.
  component "Provisioned storage" {
    when     = kind == null && name != "local-ssd"
    detail   = name
    unit     = "GB"
    quantity = coalesce(size_gb, default_gb)
    price {
      service = "Compute Engine"
      sku     = "${name} Capacity"
    }
  }
}

resource "google_compute_disk" {
  docs = "https://cloud.google.com/compute/disks-image-pricing"
  let {
    source_gb = coalesce(ref("image").disk_size_gb, ref("snapshot").disk_size_gb)
    # Only an empty disk has a default size; a copy is as large as what it is made from.
    is_empty = known(coalesce(self.image, "") == "", false) && known(coalesce(self.snapshot, "") == "", false) && known(coalesce(self.source_disk, "") == "", false)
  }
  use "google_disk" {
    type       = known(self.type, null)
    size_gb    = known(self.size, is_empty ? null : known(source_gb, self.size))
    default_gb = source_gb
    iops       = known(self.provisioned_iops, null)
  }
  example "standard is the default" {
    self   = { size = 20 }
    expect = { "Standard provisioned storage (pd-standard)" = 20 }
  }
  example "ssd by URL" {
    self   = { type = "projects/p/zones/us-central1-a/diskTypes/pd-ssd", size = 50 }
    expect = { "SSD provisioned storage (pd-ssd)" = 50 }
  }
  example "balanced without a size" {
    self   = { type = "pd-balanced" }
    expect = { "Balanced provisioned storage (pd-balanced)" = 100 }
  }
  example "extreme" {
    self   = { type = "pd-extreme", size = 500 }
    expect = { "Extreme provisioned storage (pd-extreme)" = 500 }
  }
  example "hyperdisk" {
    self   = { type = "hyperdisk-extreme", size = 500, provisioned_iops = 10000 }
    expect = { "Hyperdisk provisioned storage (hyperdisk-extreme)" = 500, "Provisioned IOPS" = 10000 }
  }
}

resource "google_compute_region_disk" {
  docs = "https://cloud.google.com/compute/disks-image-pricing"
  let {
    is_empty = known(coalesce(self.snapshot, "") == "", false) && known(coalesce(self.source_disk, "") == "", false)
  }
  use "google_disk" {
    type     = known(self.type, null)
    size_gb  = known(self.size, is_empty ? null : self.size)
    regional = true
  }
  example "replicated" {
    self   = { type = "pd-ssd", size = 50 }
    expect = { "SSD provisioned storage (pd-ssd)" = 50 }
  }
}

resource "google_compute_image" {
  docs = "https://cloud.google.com/compute/disks-image-pricing"
  usage {
    # GB of the image.
    storage_gb = null
  }
  component "Storage" {
    unit     = "GB"
    quantity = coalesce(usage.storage_gb, known(self.disk_size_gb, null))
    price {
      service = "Compute Engine"
      sku     = "Storage Image"
    }
  }
  example "an image" {
    self   = {}
    usage  = { storage_gb = 4 }
    expect = { "Storage" = 4 }
  }
}

resource "google_compute_snapshot" {
  docs = "https://cloud.google.com/compute/disks-image-pricing"
  usage {
    # GB of the snapshot.
    storage_gb = null
  }
  component "Storage" {
    unit     = "GB"
    quantity = usage.storage_gb
    price {
      service = "Compute Engine"
      sku     = "Storage PD Snapshot"
    }
  }
  example "a snapshot" {
    self   = {}
    usage  = { storage_gb = 4 }
    expect = { "Storage" = 4 }
  }
}
