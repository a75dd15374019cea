case "two disks, of which one is attached" {
  resource "google_compute_disk" "spare" {
    type = "pd-balanced"
    zone = "us-central1-a"
    size = 200
  }
  resource "google_compute_disk" "data" {
    type = "pd-balanced"
    zone = "us-central1-a"
    size = 200
  }
  resource "google_compute_attached_disk" "data" {
    disk     = google_compute_disk.data.id
    instance = "vm"
  }
  finds = { "google_compute_disk.spare" = 200 * 0.10 }
}

case "a replicated one" {
  resource "google_compute_region_disk" "spare" {
    type          = "pd-ssd"
    region        = "us-central1"
    replica_zones = ["us-central1-a", "us-central1-b"]
    size          = 50
  }
  finds = { "google_compute_region_disk.spare" = 50 * 0.34 }
}

case "named by an instance, a boot disk and a volume of Kubernetes" {
  resource "google_compute_disk" "a" {
    type = "pd-ssd"
    zone = "us-central1-a"
  }
  resource "google_compute_disk" "b" {
    type = "pd-ssd"
    zone = "us-central1-a"
  }
  resource "google_compute_disk" "c" {
    type = "pd-ssd"
    zone = "us-central1-a"
  }
  resource "google_compute_instance" "vm" {
    machine_type = "e2-medium"
    zone         = "us-central1-a"
    boot_disk {
      source = google_compute_disk.a.self_link
    }
    attached_disk {
      source = google_compute_disk.b.id
    }
  }
  resource "kubernetes_persistent_volume" "pv" {
    spec {
      persistent_volume_source {
        gce_persistent_disk {
          pd_name = google_compute_disk.c.name
        }
      }
    }
  }
  finds = {}
}

case "in use by a machine of another state" {
  resource "google_compute_disk" "data" {
    type  = "pd-ssd"
    zone  = "us-central1-a"
    users = ["projects/p/zones/us-central1-a/instances/vm"]
  }
  finds = {}
}
