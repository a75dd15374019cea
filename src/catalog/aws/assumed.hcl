# What is assumed of data sources of AWS when a configuration is priced without a plan: nobody is asked.

# How many zones a region has that everybody may use; their names end in letters from a on.
# https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
table "aws_zone_count" {
  rows = {
    us-east-1      = 6, us-east-2 = 3, us-west-1 = 2, us-west-2 = 4
    ca-central-1   = 3, ca-west-1 = 3, mx-central-1 = 3, sa-east-1 = 3
    eu-central-1   = 3, eu-central-2 = 3, eu-west-1 = 3, eu-west-2 = 3, eu-west-3 = 3
    eu-north-1     = 3, eu-south-1 = 3, eu-south-2 = 3
    ap-northeast-1 = 3, ap-northeast-2 = 4, ap-northeast-3 = 3
    ap-southeast-1 = 3, ap-southeast-2 = 3, ap-southeast-3 = 3, ap-southeast-4 = 3
    ap-south-1     = 3, ap-south-2 = 3, ap-east-1 = 3
    af-south-1     = 3, me-south-1 = 3, me-central-1 = 3, il-central-1 = 3
    us-gov-west-1  = 3, us-gov-east-1 = 3
  }
}

data "aws_region" {
  name   = coalesce(self.name, self.region, region)
  region = coalesce(self.region, self.name, region)
  id     = coalesce(self.name, self.region, region)
}

data "aws_regions" {
  names = [for name, count in table.aws_zone_count : name if !startswith(name, "us-gov")]
}

data "aws_availability_zones" {
  let {
    letters = ["a", "b", "c", "d", "e", "f"]
    count   = coalesce(table.aws_zone_count[region], 3)
  }
  names = region == null ? null : [for letter in slice(letters, 0, count) : "${region}${letter}"]
}

data "aws_partition" {
  partition  = startswith(coalesce(region, "-"), "us-gov-") ? "aws-us-gov" : (startswith(coalesce(region, "-"), "cn-") ? "aws-cn" : "aws")
  dns_suffix = startswith(coalesce(region, "-"), "cn-") ? "amazonaws.com.cn" : "amazonaws.com"
}

# What an image holds decides the price of a machine. Its name and its owner tell the family of the system.
data "aws_ami" {
  let {
    filters = [for filter in known(self.filter, []) : join(" ", known(filter.values, [])) if filter.name == "name" || filter.name == "platform" || filter.name == "description"]
    words   = lower(join(" ", concat(filters, [coalesce(known(self.name_regex, null), "-")])))
    system  = strcontains(words, "windows") ? "windows" : (strcontains(words, "rhel") ? "rhel" : (strcontains(words, "suse") ? "suse" : null))
  }
  id       = system == null ? null : "ami-assumed-${system}"
  image_id = system == null ? null : "ami-assumed-${system}"
  platform = system == "windows" ? "windows" : null
}

data "aws_ssm_parameter" {
  let {
    path   = lower(coalesce(known(self.name, null), "-"))
    system = strcontains(path, "/ami-windows-latest/") ? "windows" : null
  }
  value = system == null ? null : "ami-assumed-${system}"
}

# What the images above say of the usage of whatever names them; figures of the user win.
table "assumed_usage" {
  rows = {
    "ami-assumed-windows" = { operating_system = "windows" }
    "ami-assumed-rhel"    = { operating_system = "rhel" }
    "ami-assumed-suse"    = { operating_system = "suse" }
  }
}
