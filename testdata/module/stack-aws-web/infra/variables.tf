variable "project" {
  type    = string
  default = "shop"
}
variable "env" {
  type        = string
  description = "The environment: dev or prod"
  validation {
    condition     = contains(["dev", "prod"], var.env)
    error_message = "The environment is dev or prod."
  }
}
variable "region" {
  type    = string
  default = "us-east-1"
}
variable "cidr" {
  type    = string
  default = "10.20.0.0/16"
}
variable "az_count" {
  type    = number
  default = 2
}
variable "services" {
  type = map(object({
    size      = optional(string, "t3.medium")
    desired   = optional(number, 1)
    max       = optional(number)
    volume_gb = optional(number, 20)
    public    = optional(bool, false)
  }))
}
variable "database" {
  type = object({
    class      = string
    storage_gb = number
    replicas   = optional(number, 0)
  })
}
variable "cache" {
  type    = object({ node_type = string, nodes = number })
  default = null
}
