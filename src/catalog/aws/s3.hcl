resource "aws_s3_bucket" {
  docs = "https://aws.amazon.com/s3/pricing/"

  usage {
    # Tags on all objects of the bucket.
    object_tags = null
    # Objects in the class S3 Standard.
    standard = {
      # GB stored.
      storage_gb = null
      # PUT, COPY, POST and LIST requests a month.
      monthly_tier_1_requests = null
      # GET, SELECT and all other requests a month.
      monthly_tier_2_requests = null
      # GB scanned by S3 Select a month.
      monthly_select_data_scanned_gb = null
      # GB returned by S3 Select a month.
      monthly_select_data_returned_gb = null
    }
    # Objects in the class S3 Intelligent tiering.
    intelligent_tiering = {
      # GB in the frequent access tier.
      frequent_access_storage_gb = null
      # GB in the infrequent access tier.
      infrequent_access_storage_gb = null
      # GB in the archive access tier.
      archive_access_storage_gb = null
      # GB in the deep archive access tier.
      deep_archive_access_storage_gb = null
      # Objects that the class watches.
      monitored_objects = null
      # PUT, COPY, POST and LIST requests a month.
      monthly_tier_1_requests = null
      # GET, SELECT and all other requests a month.
      monthly_tier_2_requests = null
      # Lifecycle transitions into the class a month.
      monthly_lifecycle_transition_requests = null
      # GB scanned by S3 Select a month.
      monthly_select_data_scanned_gb = null
      # GB returned by S3 Select a month.
      monthly_select_data_returned_gb = null
      # GB deleted within a month of their upload.
      early_delete_gb = null
    }
    # Objects in the class S3 Standard - infrequent access.
    standard_infrequent_access = {
      # GB stored.
      storage_gb = null
      # PUT, COPY, POST and LIST requests a month.
      monthly_tier_1_requests = null
      # GET, SELECT and all other requests a month.
      monthly_tier_2_requests = null
      # Lifecycle transitions into the class a month.
      monthly_lifecycle_transition_requests = null
      # GB retrieved a month.
      monthly_data_retrieval_gb = null
      # GB scanned by S3 Select a month.
      monthly_select_data_scanned_gb = null
      # GB returned by S3 Select a month.
      monthly_select_data_returned_gb = null
    }
    # Objects in the class S3 One zone - infrequent access.
    one_zone_infrequent_access = {
      # GB stored.
      storage_gb = null
      # PUT, COPY, POST and LIST requests a month.
      monthly_tier_1_requests = null
      # GET, SELECT and all other requests a month.
      monthly_tier_2_requests = null
      # Lifecycle transitions into the class a month.
      monthly_lifecycle_transition_requests = null
      # GB retrieved a month.
      monthly_data_retrieval_gb = null
      # GB scanned by S3 Select a month.
      monthly_select_data_scanned_gb = null
      # GB returned by S3 Select a month.
      monthly_select_data_returned_gb = null
    }
    # Objects in the class S3 Glacier flexible retrieval.
    glacier_flexible_retrieval = {
      # GB stored.
      storage_gb = null
      # PUT, COPY, POST and LIST requests a month.
      monthly_tier_1_requests = null
      # GET, SELECT and all other requests a month.
      monthly_tier_2_requests = null
      # Lifecycle transitions into the class a month.
      monthly_lifecycle_transition_requests = null
      # Retrieval requests of the standard level a month.
      monthly_standard_data_retrieval_requests = null
      # GB retrieved at the standard level a month.
      monthly_standard_data_retrieval_gb = null
      # Retrieval requests of the expedited level a month.
      monthly_expedited_data_retrieval_requests = null
      # GB retrieved at the expedited level a month.
      monthly_expedited_data_retrieval_gb = null
      # GB scanned by S3 Select at the standard level a month.
      monthly_standard_select_data_scanned_gb = null
      # GB returned by S3 Select at the standard level a month.
      monthly_standard_select_data_returned_gb = null
      # GB scanned by S3 Select at the bulk level a month.
      monthly_bulk_select_data_scanned_gb = null
      # GB returned by S3 Select at the bulk level a month.
      monthly_bulk_select_data_returned_gb = null
      # GB scanned by S3 Select at the expedited level a month.
      monthly_expedited_select_data_scanned_gb = null
      # GB returned by S3 Select at the expedited level a month.
      monthly_expedited_select_data_returned_gb = null
      # GB deleted within three months of their upload.
      early_delete_gb = null
    }
    # Objects in the class S3 Glacier deep archive.
    glacier_deep_archive = {
      # GB stored.
      storage_gb = null
      # PUT, COPY, POST and LIST requests a month.
      monthly_tier_1_requests = null
      # GET, SELECT and all other requests a month.
      monthly_tier_2_requests = null
      # Lifecycle transitions into the class a month.
      monthly_lifecycle_transition_requests = null
      # Retrieval requests of the standard level a month.
      monthly_standard_data_retrieval_requests = null
      # GB retrieved at the standard level a month.
      monthly_standard_data_retrieval_gb = null
      # Retrieval requests of the bulk level a month.
      monthly_bulk_data_retrieval_requests = null
      # GB retrieved at the bulk level a month.
      monthly_bulk_data_retrieval_gb = null
      # GB deleted within six months of their upload.
      early_delete_gb = null
    }
  }

  let {
    # A class is shown if a rule moves objects there, or usage says that there are some.
    configurations = referrers("aws_s3_bucket_lifecycle_configuration", "bucket")
    rules          = concat(known(self.lifecycle_rule, []), flatten([for configuration in configurations : known(configuration.rule, [])]))
    transitions    = flatten([for rule in rules : known(rule.transition, [])])
    classes        = [for transition in transitions : transition.storage_class]
    uses_intelligent_tiering = contains(classes, "INTELLIGENT_TIERING") || length([for figure in values(usage.intelligent_tiering) : figure if coalesce(figure, 0) > 0]) > 0
    uses_standard_infrequent_access = contains(classes, "STANDARD_IA") || length([for figure in values(usage.standard_infrequent_access) : figure if coalesce(figure, 0) > 0]) > 0
    uses_one_zone_infrequent_access = contains(classes, "ONEZONE_IA") || length([for figure in values(usage.one_zone_infrequent_access) : figure if coalesce(figure, 0) > 0]) > 0
    uses_glacier_flexible_retrieval = contains(classes, "GLACIER") || length([for figure in values(usage.glacier_flexible_retrieval) : figure if coalesce(figure, 0) > 0]) > 0
    uses_glacier_deep_archive = contains(classes, "DEEP_ARCHIVE") || length([for figure in values(usage.glacier_deep_archive) : figure if coalesce(figure, 0) > 0]) > 0
  }

  part "Standard" {
    component "Storage" {
      unit     = "GB"
      quantity = usage.standard.storage_gb
      price {
        service    = "AmazonS3"
        usage_type = "TimedStorage-ByteHrs"
      }
    }

    component "PUT, COPY, POST, LIST requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.standard.monthly_tier_1_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-Tier1"
      }
    }

    component "GET, SELECT, and all other requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.standard.monthly_tier_2_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-Tier2"
      }
    }

    component "Select data scanned" {
      unit     = "GB"
      quantity = usage.standard.monthly_select_data_scanned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Select-Scanned-Bytes"
      }
    }

    component "Select data returned" {
      unit     = "GB"
      quantity = usage.standard.monthly_select_data_returned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Select-Returned-Bytes"
      }
    }
  }

  part "Intelligent tiering" {
    when = uses_intelligent_tiering

    component "Storage (frequent access)" {
      unit     = "GB"
      quantity = usage.intelligent_tiering.frequent_access_storage_gb
      price {
        service    = "AmazonS3"
        usage_type = "TimedStorage-INT-FA-ByteHrs"
      }
    }

    component "Storage (infrequent access)" {
      unit     = "GB"
      quantity = usage.intelligent_tiering.infrequent_access_storage_gb
      price {
        service    = "AmazonS3"
        usage_type = "TimedStorage-INT-IA-ByteHrs"
      }
    }

    component "Storage (archive access)" {
      unit     = "GB"
      quantity = usage.intelligent_tiering.archive_access_storage_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "TimedStorage-INT-AA-ByteHrs"
      }
    }

    component "Storage (deep archive access)" {
      unit     = "GB"
      quantity = usage.intelligent_tiering.deep_archive_access_storage_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "TimedStorage-INT-DAA-ByteHrs"
      }
    }

    component "Monitoring and automation" {
      unit     = "1k objects"
      per      = 1000
      quantity = usage.intelligent_tiering.monitored_objects
      price {
        service    = "AmazonS3"
        usage_type = "Monitoring-Automation-INT"
      }
    }

    component "PUT, COPY, POST, LIST requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.intelligent_tiering.monthly_tier_1_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-INT-Tier1"
      }
    }

    component "GET, SELECT, and all other requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.intelligent_tiering.monthly_tier_2_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-INT-Tier2"
      }
    }

    component "Lifecycle transition" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.intelligent_tiering.monthly_lifecycle_transition_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-Tier4"
      }
    }

    component "Select data scanned" {
      unit     = "GB"
      quantity = usage.intelligent_tiering.monthly_select_data_scanned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Select-Scanned-INT-Bytes"
      }
    }

    component "Select data returned" {
      unit     = "GB"
      quantity = usage.intelligent_tiering.monthly_select_data_returned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Select-Returned-INT-Bytes"
      }
    }

    component "Early delete (within 30 days)" {
      unit     = "GB"
      quantity = usage.intelligent_tiering.early_delete_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "EarlyDelete-INT"
      }
    }
  }

  part "Standard - infrequent access" {
    when = uses_standard_infrequent_access

    component "Storage" {
      unit     = "GB"
      quantity = usage.standard_infrequent_access.storage_gb
      price {
        service    = "AmazonS3"
        usage_type = "TimedStorage-SIA-ByteHrs"
      }
    }

    component "PUT, COPY, POST, LIST requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.standard_infrequent_access.monthly_tier_1_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-SIA-Tier1"
      }
    }

    component "GET, SELECT, and all other requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.standard_infrequent_access.monthly_tier_2_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-SIA-Tier2"
      }
    }

    component "Lifecycle transition" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.standard_infrequent_access.monthly_lifecycle_transition_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-Tier4"
      }
    }

    component "Retrievals" {
      unit     = "GB"
      quantity = usage.standard_infrequent_access.monthly_data_retrieval_gb
      price {
        service    = "AmazonS3"
        usage_type = "Retrieval-SIA"
      }
    }

    component "Select data scanned" {
      unit     = "GB"
      quantity = usage.standard_infrequent_access.monthly_select_data_scanned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Select-Scanned-SIA-Bytes"
      }
    }

    component "Select data returned" {
      unit     = "GB"
      quantity = usage.standard_infrequent_access.monthly_select_data_returned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Select-Returned-SIA-Bytes"
      }
    }
  }

  part "One zone - infrequent access" {
    when = uses_one_zone_infrequent_access

    component "Storage" {
      unit     = "GB"
      quantity = usage.one_zone_infrequent_access.storage_gb
      price {
        service    = "AmazonS3"
        usage_type = "TimedStorage-ZIA-ByteHrs"
      }
    }

    component "PUT, COPY, POST, LIST requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.one_zone_infrequent_access.monthly_tier_1_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-ZIA-Tier1"
      }
    }

    component "GET, SELECT, and all other requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.one_zone_infrequent_access.monthly_tier_2_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-ZIA-Tier2"
      }
    }

    component "Lifecycle transition" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.one_zone_infrequent_access.monthly_lifecycle_transition_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-Tier4"
      }
    }

    component "Retrievals" {
      unit     = "GB"
      quantity = usage.one_zone_infrequent_access.monthly_data_retrieval_gb
      price {
        service    = "AmazonS3"
        usage_type = "Retrieval-ZIA"
      }
    }

    component "Select data scanned" {
      unit     = "GB"
      quantity = usage.one_zone_infrequent_access.monthly_select_data_scanned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Select-Scanned-ZIA-Bytes"
      }
    }

    component "Select data returned" {
      unit     = "GB"
      quantity = usage.one_zone_infrequent_access.monthly_select_data_returned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Select-Returned-ZIA-Bytes"
      }
    }
  }

  part "Glacier flexible retrieval" {
    when = uses_glacier_flexible_retrieval

    component "Storage" {
      unit     = "GB"
      quantity = usage.glacier_flexible_retrieval.storage_gb
      price {
        service    = "AmazonS3"
        usage_type = "TimedStorage-GlacierByteHrs"
      }
    }

    component "PUT, COPY, POST, LIST requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.glacier_flexible_retrieval.monthly_tier_1_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-GLACIER-Tier1"
      }
    }

    component "GET, SELECT, and all other requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.glacier_flexible_retrieval.monthly_tier_2_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-GLACIER-Tier2"
      }
    }

    component "Lifecycle transition" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.glacier_flexible_retrieval.monthly_lifecycle_transition_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-Tier3"
        operation  = "S3-GlacierTransition"
      }
    }

    component "Retrieval requests (standard)" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.glacier_flexible_retrieval.monthly_standard_data_retrieval_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-Tier3"
        operation  = "RestoreObject"
      }
    }

    component "Retrievals (standard)" {
      unit     = "GB"
      quantity = usage.glacier_flexible_retrieval.monthly_standard_data_retrieval_gb
      price {
        service    = "AmazonS3"
        usage_type = "Standard-Retrieval-Bytes"
      }
    }

    component "Retrieval requests (expedited)" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.glacier_flexible_retrieval.monthly_expedited_data_retrieval_requests
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Requests-Tier6"
      }
    }

    component "Retrievals (expedited)" {
      unit     = "GB"
      quantity = usage.glacier_flexible_retrieval.monthly_expedited_data_retrieval_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Expedited-Retrieval-Bytes"
      }
    }

    component "Select data scanned (standard)" {
      unit     = "GB"
      quantity = usage.glacier_flexible_retrieval.monthly_standard_select_data_scanned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Std-Select-Scanned-Bytes"
      }
    }

    component "Select data returned (standard)" {
      unit     = "GB"
      quantity = usage.glacier_flexible_retrieval.monthly_standard_select_data_returned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Std-Select-Returned-Bytes"
      }
    }

    component "Select data scanned (bulk)" {
      unit     = "GB"
      quantity = usage.glacier_flexible_retrieval.monthly_bulk_select_data_scanned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Bulk-Select-Scanned-Bytes"
      }
    }

    component "Select data returned (bulk)" {
      unit     = "GB"
      quantity = usage.glacier_flexible_retrieval.monthly_bulk_select_data_returned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Bulk-Select-Returned-Bytes"
      }
    }

    component "Select data scanned (expedited)" {
      unit     = "GB"
      quantity = usage.glacier_flexible_retrieval.monthly_expedited_select_data_scanned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Exp-Select-Scanned-Bytes"
      }
    }

    component "Select data returned (expedited)" {
      unit     = "GB"
      quantity = usage.glacier_flexible_retrieval.monthly_expedited_select_data_returned_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Exp-Select-Returned-Bytes"
      }
    }

    component "Early delete (within 90 days)" {
      unit     = "GB"
      quantity = usage.glacier_flexible_retrieval.early_delete_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "EarlyDelete-ByteHrs"
      }
    }
  }

  part "Glacier deep archive" {
    when = uses_glacier_deep_archive

    component "Storage" {
      unit     = "GB"
      quantity = usage.glacier_deep_archive.storage_gb
      price {
        service    = "AmazonS3"
        usage_type = "TimedStorage-GDA-ByteHrs"
      }
    }

    component "PUT, COPY, POST, LIST requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.glacier_deep_archive.monthly_tier_1_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-GDA-Tier1"
      }
    }

    component "GET, SELECT, and all other requests" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.glacier_deep_archive.monthly_tier_2_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-GDA-Tier2"
      }
    }

    component "Lifecycle transition" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.glacier_deep_archive.monthly_lifecycle_transition_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-Tier3"
        operation  = "S3-GDATransition"
      }
    }

    component "Retrieval requests (standard)" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.glacier_deep_archive.monthly_standard_data_retrieval_requests
      price {
        service    = "AmazonS3"
        usage_type = "Requests-GDA-Tier3"
      }
    }

    component "Retrievals (standard)" {
      unit     = "GB"
      quantity = usage.glacier_deep_archive.monthly_standard_data_retrieval_gb
      price {
        service    = "AmazonS3"
        usage_type = "Standard-Retrieval-GDA-Bytes"
      }
    }

    component "Retrieval requests (bulk)" {
      unit     = "1k requests"
      per      = 1000
      quantity = usage.glacier_deep_archive.monthly_bulk_data_retrieval_requests
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Requests-GDA-Tier5"
      }
    }

    component "Retrievals (bulk)" {
      unit     = "GB"
      quantity = usage.glacier_deep_archive.monthly_bulk_data_retrieval_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "Bulk-Retrieval-GDA-Bytes"
      }
    }

    component "Early delete (within 180 days)" {
      unit     = "GB"
      quantity = usage.glacier_deep_archive.early_delete_gb
      optional = true
      price {
        service    = "AmazonS3"
        usage_type = "EarlyDelete-GDA"
      }
    }
  }

  component "Object tagging" {
    unit     = "10k tags"
    per      = 10000
    quantity = usage.object_tags
    optional = true
    price {
      service    = "AmazonS3"
      usage_type = "TagStorage-TagHrs"
    }
  }

  example "nothing known" {
    self = { bucket = "logs" }
    expect = {
      "Standard/Storage" = null, "Standard/PUT, COPY, POST, LIST requests" = null
      "Standard/GET, SELECT, and all other requests" = null
    }
  }

  example "a lifecycle configuration moves objects to the deep archive" {
    self      = { bucket = "logs" }
    usage     = { standard = { storage_gb = 60000 }, object_tags = 100000 }
    referrers = {
      "aws_s3_bucket_lifecycle_configuration.bucket" = [
        { rule = [{ transition = [{ storage_class = "DEEP_ARCHIVE" }] }, { expiration = [{ days = 90 }] }] },
      ]
    }
    expect = {
      "Standard/Storage" = 60000, "Standard/PUT, COPY, POST, LIST requests" = null
      "Standard/GET, SELECT, and all other requests" = null, "Object tagging" = 100000
      "Glacier deep archive/Storage" = null, "Glacier deep archive/PUT, COPY, POST, LIST requests" = null
      "Glacier deep archive/GET, SELECT, and all other requests" = null
      "Glacier deep archive/Lifecycle transition" = null
      "Glacier deep archive/Retrieval requests (standard)" = null
      "Glacier deep archive/Retrievals (standard)" = null
    }
  }

  example "every class, every figure" {
    self  = { bucket = "everything" }
    usage = {
      standard = {
        storage_gb = 10
        monthly_tier_1_requests = 20
        monthly_tier_2_requests = 30
        monthly_select_data_scanned_gb = 40
        monthly_select_data_returned_gb = 50
      }
      intelligent_tiering = {
        frequent_access_storage_gb = 60
        infrequent_access_storage_gb = 70
        archive_access_storage_gb = 80
        deep_archive_access_storage_gb = 90
        monitored_objects = 100
        monthly_tier_1_requests = 110
        monthly_tier_2_requests = 120
        monthly_lifecycle_transition_requests = 130
        monthly_select_data_scanned_gb = 140
        monthly_select_data_returned_gb = 150
        early_delete_gb = 160
      }
      standard_infrequent_access = {
        storage_gb = 170
        monthly_tier_1_requests = 180
        monthly_tier_2_requests = 190
        monthly_lifecycle_transition_requests = 200
        monthly_data_retrieval_gb = 210
        monthly_select_data_scanned_gb = 220
        monthly_select_data_returned_gb = 230
      }
      one_zone_infrequent_access = {
        storage_gb = 240
        monthly_tier_1_requests = 250
        monthly_tier_2_requests = 260
        monthly_lifecycle_transition_requests = 270
        monthly_data_retrieval_gb = 280
        monthly_select_data_scanned_gb = 290
        monthly_select_data_returned_gb = 300
      }
      glacier_flexible_retrieval = {
        storage_gb = 310
        monthly_tier_1_requests = 320
        monthly_tier_2_requests = 330
        monthly_lifecycle_transition_requests = 340
        monthly_standard_data_retrieval_requests = 350
        monthly_standard_data_retrieval_gb = 360
        monthly_expedited_data_retrieval_requests = 370
        monthly_expedited_data_retrieval_gb = 380
        monthly_standard_select_data_scanned_gb = 390
        monthly_standard_select_data_returned_gb = 400
        monthly_bulk_select_data_scanned_gb = 410
        monthly_bulk_select_data_returned_gb = 420
        monthly_expedited_select_data_scanned_gb = 430
        monthly_expedited_select_data_returned_gb = 440
        early_delete_gb = 450
      }
      glacier_deep_archive = {
        storage_gb = 460
        monthly_tier_1_requests = 470
        monthly_tier_2_requests = 480
        monthly_lifecycle_transition_requests = 490
        monthly_standard_data_retrieval_requests = 500
        monthly_standard_data_retrieval_gb = 510
        monthly_bulk_data_retrieval_requests = 520
        monthly_bulk_data_retrieval_gb = 530
        early_delete_gb = 540
      }
    }
    expect = {
      "Standard/Storage" = 10
      "Standard/PUT, COPY, POST, LIST requests" = 20
      "Standard/GET, SELECT, and all other requests" = 30
      "Standard/Select data scanned" = 40
      "Standard/Select data returned" = 50
      "Intelligent tiering/Storage (frequent access)" = 60
      "Intelligent tiering/Storage (infrequent access)" = 70
      "Intelligent tiering/Storage (archive access)" = 80
      "Intelligent tiering/Storage (deep archive access)" = 90
      "Intelligent tiering/Monitoring and automation" = 100
      "Intelligent tiering/PUT, COPY, POST, LIST requests" = 110
      "Intelligent tiering/GET, SELECT, and all other requests" = 120
      "Intelligent tiering/Lifecycle transition" = 130
      "Intelligent tiering/Select data scanned" = 140
      "Intelligent tiering/Select data returned" = 150
      "Intelligent tiering/Early delete (within 30 days)" = 160
      "Standard - infrequent access/Storage" = 170
      "Standard - infrequent access/PUT, COPY, POST, LIST requests" = 180
      "Standard - infrequent access/GET, SELECT, and all other requests" = 190
      "Standard - infrequent access/Lifecycle transition" = 200
      "Standard - infrequent access/Retrievals" = 210
      "Standard - infrequent access/Select data scanned" = 220
      "Standard - infrequent access/Select data returned" = 230
      "One zone - infrequent access/Storage" = 240
      "One zone - infrequent access/PUT, COPY, POST, LIST requests" = 250
      "One zone - infrequent access/GET, SELECT, and all other requests" = 260
      "One zone - infrequent access/Lifecycle transition" = 270
      "One zone - infrequent access/Retrievals" = 280
      "One zone - infrequent access/Select data scanned" = 290
      "One zone - infrequent access/Select data returned" = 300
      "Glacier flexible retrieval/Storage" = 310
      "Glacier flexible retrieval/PUT, COPY, POST, LIST requests" = 320
      "Glacier flexible retrieval/GET, SELECT, and all other requests" = 330
      "Glacier flexible retrieval/Lifecycle transition" = 340
      "Glacier flexible retrieval/Retrieval requests (standard)" = 350
      "Glacier flexible retrieval/Retrievals (standard)" = 360
      "Glacier flexible retrieval/Retrieval requests (expedited)" = 370
      "Glacier flexible retrieval/Retrievals (expedited)" = 380
      "Glacier flexible retrieval/Select data scanned (standard)" = 390
      "Glacier flexible retrieval/Select data returned (standard)" = 400
      "Glacier flexible retrieval/Select data scanned (bulk)" = 410
      "Glacier flexible retrieval/Select data returned (bulk)" = 420
      "Glacier flexible retrieval/Select data scanned (expedited)" = 430
      "Glacier flexible retrieval/Select data returned (expedited)" = 440
      "Glacier flexible retrieval/Early delete (within 90 days)" = 450
      "Glacier deep archive/Storage" = 460
      "Glacier deep archive/PUT, COPY, POST, LIST requests" = 470
      "Glacier deep archive/GET, SELECT, and all other requests" = 480
      "Glacier deep archive/Lifecycle transition" = 490
      "Glacier deep archive/Retrieval requests (standard)" = 500
      "Glacier deep archive/Retrievals (standard)" = 510
      "Glacier deep archive/Retrieval requests (bulk)" = 520
      "Glacier deep archive/Retrievals (bulk)" = 530
      "Glacier deep archive/Early delete (within 180 days)" = 540
    }
  }
}

resource "aws_s3_bucket_analytics_configuration" {
  docs = "https://aws.amazon.com/s3/pricing/"

  usage {
    # Objects that the storage class analysis watches a month.
    monthly_monitored_objects = null
  }

  component "Objects monitored" {
    unit     = "1M objects"
    per      = 1000000
    quantity = usage.monthly_monitored_objects
    price {
      service    = "AmazonS3"
      usage_type = "StorageAnalytics-ObjCount"
    }
  }

  example "ten million objects" {
    self   = { bucket = "logs", name = "all" }
    usage  = { monthly_monitored_objects = 10000000 }
    expect = { "Objects monitored" = 10000000 }
  }
}

resource "aws_s3_bucket_inventory" {
  docs = "https://aws.amazon.com/s3/pricing/"

  usage {
    # Objects listed a month.
    monthly_listed_objects = null
  }

  component "Objects listed" {
    unit     = "1M objects"
    per      = 1000000
    quantity = usage.monthly_listed_objects
    price {
      service    = "AmazonS3"
      usage_type = "Inventory-ObjectsListed"
    }
  }

  example "ten million objects" {
    self   = { bucket = "logs", name = "all" }
    usage  = { monthly_listed_objects = 10000000 }
    expect = { "Objects listed" = 10000000 }
  }
}
