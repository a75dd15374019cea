table "google_machine_type" {
  csv = "machine_types.csv"
  key = "machine_type"
}

# Custom machines by family: what a core, a gigabyte, and one beyond the family's ratio are called.
table "google_custom_family" {
  rows = {
    n1  = { words = "N1", core = "Custom Instance Core", ram = "Custom Instance Ram", extended = "Custom Extended Instance Ram", ratio = 6.5, sustained = 0.3 }
    n2  = { words = "N2", core = "N2 Custom Instance Core", ram = "N2 Custom Instance Ram", extended = "N2 Custom Extended Instance Ram", ratio = 8, sustained = 0.2 }
    n2d = { words = "N2D", core = "N2D AMD Custom Instance Core", ram = "N2D AMD Custom Instance Ram", extended = "N2D AMD Custom Extended Instance Ram", ratio = 8, sustained = 0.2 }
    e2  = { words = "E2", core = "E2 Instance Core", ram = "E2 Instance Ram", extended = null, ratio = 8, sustained = 0 }
    n4  = { words = "N4", core = "N4 Instance Core", ram = "N4 Instance Ram", extended = null, ratio = 8, sustained = 0 }
  }
}

# What GPUs are called by users, and in the Cloud Billing Catalog.
table "google_gpu" {
  rows = {
    "nvidia-l4"         = { words = "NVIDIA L4", sku = "Nvidia L4 GPU" }
    "nvidia-tesla-a100" = { words = "NVIDIA Tesla A100", sku = "Nvidia Tesla A100 GPU" }
    "nvidia-tesla-k80"  = { words = "NVIDIA Tesla K80", sku = "Nvidia Tesla K80 GPU" }
    "nvidia-tesla-p100" = { words = "NVIDIA Tesla P100", sku = "Nvidia Tesla P100 GPU" }
    "nvidia-tesla-p4"   = { words = "NVIDIA Tesla P4", sku = "Nvidia Tesla P4 GPU" }
    "nvidia-tesla-t4"   = { words = "NVIDIA Tesla T4", sku = "Nvidia Tesla T4 GPU" }
    "nvidia-tesla-v100" = { words = "NVIDIA Tesla V100", sku = "Nvidia Tesla V100 GPU" }
  }
}

# A machine without its disks: a predefined type is billed by core and memory, some by the whole machine.
template "google_machine" {
  input "machine_type" { type = string }
  input "spot" {
    type    = bool
    default = false
  }
  input "gpus" {
    type    = any
    default = []
  }
  input "hours" {
    type    = number
    default = 730
  }
  input "image" { type = string }

  let {
    # Licences of operating systems stand in no sheet yet.
    licence = can(regex("windows|rhel|sles|sql-", coalesce(image, ""))) ? "Assumed: no licence; the image's operating system is billed on top, and is not in this figure." : null
    # A type may stand as the last segment of a URL.
    name     = reverse(split("/", machine_type))[0]
    type     = table.google_machine_type[name]
    purchase = spot ? "preemptible" : "on-demand"
    prefix   = spot ? "Spot Preemptible " : ""
    # Sustained use is earned by the hour; a whole month earns the whole discount. Spot earns none.
    sustained = spot || hours < 730 ? 0 : coalesce(type.sustained, family.sustained, 0)
    # custom-4-8192, n2-custom-4-8192, n2-custom-4-65536-ext: cores and MiB.
    is_custom   = can(regex("custom-[0-9]+-[0-9]+", name))
    family_name = try(regex("^([a-z0-9]+)-custom", name)[0], "n1")
    family      = is_custom ? table.google_custom_family[family_name] : null
    cores       = is_custom ? tonumber(regex("custom-([0-9]+)-", name)[0]) : null
    memory_gb   = is_custom ? tonumber(regex("custom-[0-9]+-([0-9]+)", name)[0]) / 1024 : null
    usual_gb    = min(memory_gb, cores * family.ratio)
    extended_gb = memory_gb - usual_gb
  }

  component "Instance usage" {
    when     = !is_custom && (type == null || type.machine_sku == null)
    detail   = "Linux/UNIX, ${purchase}, ${name}"
    unit     = "hours"
    quantity = hours
    discount = sustained
    note     = licence
    price {
      service = "Compute Engine"
      sku     = "${prefix}${type.core_sku}"
      times   = type.billed_cores
    }
    price {
      service = "Compute Engine"
      sku     = "${prefix}${type.ram_sku}"
      times   = type.memory_gb
    }
  }
  # Machine types whose parts no list at hand prices.
  component "Instance usage" {
    when     = type.machine_sku != null
    detail   = "Linux/UNIX, ${purchase}, ${name}"
    unit     = "hours"
    quantity = hours
    discount = sustained
    note     = licence
    price {
      service = "Compute Engine"
      sku     = "${prefix}${type.machine_sku}"
    }
  }
  component "Custom instance CPU" {
    when     = is_custom
    detail   = "Linux/UNIX, ${purchase}, ${family.words} ${cores} vCPUs"
    unit     = "hours"
    quantity = hours
    discount = sustained
    note     = licence
    price {
      service = "Compute Engine"
      sku     = "${prefix}${family.core}"
      times   = cores
    }
  }
  component "Custom Instance RAM" {
    when     = is_custom
    detail   = "Linux/UNIX, ${purchase}, ${family.words} ${usual_gb} GB"
    unit     = "hours"
    quantity = hours
    discount = sustained
    price {
      service = "Compute Engine"
      sku     = "${prefix}${family.ram}"
      times   = usual_gb
    }
  }
  component "Custom Instance Extended RAM" {
    when     = is_custom && extended_gb > 0
    detail   = "Linux/UNIX, ${purchase}, ${family.words} ${extended_gb} GB"
    unit     = "hours"
    quantity = hours
    discount = sustained
    price {
      service = "Compute Engine"
      sku     = "${prefix}${family.extended}"
      times   = extended_gb
    }
  }
  # The types of these families have their GPUs in their own price.
  part "guest_accelerator" {
    for_each = contains(["a2", "a3", "a4", "g2", "g4"], coalesce(type.family, "")) ? [] : [for gpu in gpus : gpu if known(gpu.count, 1) > 0]
    component "GPU" {
      detail   = "${coalesce(table.google_gpu[reverse(split("/", each.value.type))[0]].words, each.value.type)}, ${purchase}"
      unit     = "hours"
      quantity = hours * known(each.value.count, 1)
      discount = spot || hours < 730 || each.value.type == "nvidia-l4" || startswith(coalesce(each.value.type, ""), "nvidia-tesla-a100") ? 0 : 0.3
      price {
        service = "Compute Engine"
        sku     = "${prefix}${table.google_gpu[reverse(split("/", each.value.type))[0]].sku}"
      }
    }
  }
}

# The disks of a machine or a template, which write them alike but for the block.
template "google_boot_disk" {
  input "disk" { type = any }
  use "google_disk" {
    type       = known(disk.type, null)
    size_gb    = known(disk.size, null)
    default_gb = 10
    note       = known(disk.size, null) == null ? "Assumed: a boot disk of 10 GB; the image decides when the plan names no size." : null
  }
}

resource "google_compute_instance" {
  docs = "https://cloud.google.com/compute/all-pricing"

  usage {
    # Hours a month that the machine runs.
    monthly_hrs = 730
  }

  let {
    scheduling = known(self.scheduling, [])[0]
    is_spot    = known(scheduling.preemptible, false) || known(scheduling.provisioning_model, "STANDARD") == "SPOT"
    boot       = known(self.boot_disk, [])[0]
    has_source = known(boot.source, null) != null && known(boot.initialize_params, [])[0] == null
    disks      = [for disk in known(self.attached_disk, []) : disk]
  }

  use "google_machine" {
    machine_type = self.machine_type
    spot         = is_spot
    gpus         = known(self.guest_accelerator, [])
    hours        = usage.monthly_hrs
    image        = known(known(boot.initialize_params, [])[0].image, null)
  }
  # A disk that exists apart is billed by itself.
  part "boot_disk" {
    when = !has_source
    use "google_boot_disk" {
      disk = coalesce(known(boot.initialize_params, [])[0], {})
    }
  }
  component "Local SSD provisioned storage" {
    when     = length(known(self.scratch_disk, [])) > 0
    unit     = "GB"
    quantity = sum([for disk in known(self.scratch_disk, []) : coalesce(known(disk.size, null), 375)])
    price {
      service = "Compute Engine"
      sku     = is_spot ? "SSD backed Local Storage attached to Spot Preemptible VMs" : "SSD backed Local Storage"
    }
  }

  example "predefined, with a scratch disk" {
    self   = { machine_type = "n1-standard-4", boot_disk = [{ initialize_params = [{ size = 50, type = "pd-ssd" }] }], scratch_disk = [{ interface = "NVME" }] }
    expect = { "Instance usage" = 730, "boot_disk/SSD provisioned storage (pd-ssd)" = 50, "Local SSD provisioned storage" = 375 }
  }
  example "spot, by URL" {
    self   = { machine_type = "zones/us-central1-a/machineTypes/n2-standard-2", scheduling = [{ preemptible = true }], scratch_disk = [{}] }
    expect = { "Instance usage" = 730, "boot_disk/Standard provisioned storage (pd-standard)" = 10, "Local SSD provisioned storage" = 375 }
  }
  example "custom, beyond the ratio" {
    self   = { machine_type = "custom-2-15360-ext", boot_disk = [{ source = "disk" }] }
    expect = { "Custom instance CPU" = 730, "Custom Instance RAM" = 730, "Custom Instance Extended RAM" = 730 }
  }
  example "custom of a family" {
    self   = { machine_type = "n2-custom-6-20480", boot_disk = [{ source = "disk" }] }
    expect = { "Custom instance CPU" = 730, "Custom Instance RAM" = 730 }
  }
  example "a type with its own GPU" {
    self = {
      machine_type      = "g2-standard-4"
      boot_disk         = [{ initialize_params = [{ size = 20, type = "pd-balanced" }] }]
      guest_accelerator = [{ type = "nvidia-l4", count = 1 }]
    }
    expect = { "Instance usage" = 730, "boot_disk/Balanced provisioned storage (pd-balanced)" = 20 }
  }
  example "GPUs beside the machine" {
    self   = { machine_type = "n1-standard-4", boot_disk = [{ source = "disk" }], guest_accelerator = [{ type = "nvidia-tesla-k80", count = 2 }] }
    expect = { "Instance usage" = 730, "guest_accelerator[0]/GPU" = 1460 }
  }
  example "shared core, half the month" {
    self   = { machine_type = "e2-micro" }
    usage  = { monthly_hrs = 365 }
    expect = { "Instance usage" = 365, "boot_disk/Standard provisioned storage (pd-standard)" = 10 }
  }
}

resource "google_compute_instance_from_template" {
  docs = "https://cloud.google.com/compute/all-pricing"
  let {
    source  = ref("source_instance_template")
    is_spot = known(source.scheduling, [])[0].preemptible == true || known(source.scheduling, [])[0].provisioning_model == "SPOT"
  }
  use "google_machine" {
    machine_type = coalesce(known(self.machine_type, null), source.machine_type)
    spot         = is_spot
    gpus         = known(source.guest_accelerator, [])
  }
  part "disk" {
    for_each = [for disk in coalesce(source.disk, []) : disk if known(disk.source, null) == null]
    use "google_disk" {
      type       = known(each.value.disk_type, null)
      size_gb    = known(each.value.disk_size_gb, null)
      default_gb = 10
    }
  }
  example "by a template in the plan" {
    self   = {}
    refs   = { source_instance_template = { machine_type = "e2-medium", disk = [{ disk_size_gb = 30 }] } }
    expect = { "Instance usage" = 730, "disk[0]/Standard provisioned storage (pd-standard)" = 30 }
  }
}

# What managed groups start: machines of a template.
template "google_group" {
  input "source" { type = any }
  input "size" { type = number }

  let {
    scheduling = known(source.scheduling, [])[0]
    is_spot    = scheduling.preemptible == true || scheduling.provisioning_model == "SPOT"
  }
  part "instance" {
    times = size
    use "google_machine" {
      machine_type = source.machine_type
      spot         = is_spot
      gpus         = known(source.guest_accelerator, [])
      image        = known(known(source.disk, [])[0].source_image, null)
    }
    part "disk" {
      for_each = [for disk in coalesce(known(source.disk, null), []) : disk if known(disk.source, null) == null && known(disk.type, null) != "SCRATCH"]
      use "google_disk" {
        type       = known(each.value.disk_type, null)
        size_gb    = known(each.value.disk_size_gb, null)
        default_gb = 10
      }
    }
    part "scratch_disk" {
      for_each = [for disk in coalesce(known(source.disk, null), []) : disk if known(disk.type, null) == "SCRATCH"]
      component "Local SSD provisioned storage" {
        unit     = "GB"
        quantity = coalesce(known(each.value.disk_size_gb, null), 375)
        price {
          service = "Compute Engine"
          sku     = is_spot ? "SSD backed Local Storage attached to Spot Preemptible VMs" : "SSD backed Local Storage"
        }
      }
    }
  }
}

resource "google_compute_instance_group_manager" {
  docs = "https://cloud.google.com/compute/all-pricing"
  let {
    autoscaler = referrers("google_compute_autoscaler", "target")[0]
  }
  use "google_group" {
    source = ref("version.instance_template")
    size   = coalesce(known(self.target_size, null), autoscaler.autoscaling_policy[0].min_replicas)
  }
  example "four machines with a scratch disk" {
    self = { target_size = 4, version = [{ instance_template = "t" }] }
    refs = { "version.instance_template" = { machine_type = "n1-standard-1", disk = [{ disk_size_gb = 20, disk_type = "pd-ssd" }, { type = "SCRATCH" }] } }
    expect = {
      "instance/Instance usage"                                = 2920
      "instance/disk[0]/SSD provisioned storage (pd-ssd)"      = 80
      "instance/scratch_disk[0]/Local SSD provisioned storage" = 1500
    }
  }
  example "an autoscaler says how many" {
    self      = { version = [{ instance_template = "t" }] }
    refs      = { "version.instance_template" = { machine_type = "e2-small" } }
    referrers = { "google_compute_autoscaler.target" = [{ autoscaling_policy = [{ min_replicas = 2, max_replicas = 5 }] }] }
    expect    = { "instance/Instance usage" = 1460 }
  }
}

resource "google_compute_region_instance_group_manager" {
  docs = "https://cloud.google.com/compute/all-pricing"
  let {
    autoscaler = referrers("google_compute_region_autoscaler", "target")[0]
  }
  use "google_group" {
    source = ref("version.instance_template")
    size   = coalesce(known(self.target_size, null), autoscaler.autoscaling_policy[0].min_replicas)
  }
  example "three machines" {
    self   = { target_size = 3, version = [{ instance_template = "t" }] }
    refs   = { "version.instance_template" = { machine_type = "n2-standard-2", disk = [{ disk_size_gb = 10, disk_type = "pd-balanced" }] } }
    expect = { "instance/Instance usage" = 2190, "instance/disk[0]/Balanced provisioned storage (pd-balanced)" = 30 }
  }
}
