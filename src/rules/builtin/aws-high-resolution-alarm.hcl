rule "aws-high-resolution-alarm" {
  title    = "Alarm that looks more often than once a minute"
  on       = "aws_cloudwatch_metric_alarm"
  severity = "note"

  let {
    queries = coalesce(self.metric_query, [])
    fast    = [for query in queries : 1 if coalesce(query.metric[0].period, 60) < 60]
    slower = [
      for query in queries : coalesce(query.metric[0].period, 60) < 60 ? { metric = [{ period = 60 }] } : {}
    ]
  }

  when    = coalesce(self.period, 60) < 60 || length(fast) > 0
  instead = coalesce(self.period, 60) < 60 ? { period = 60 } : { metric_query = slower }
  message = "this alarm evaluates a period below 60 seconds, at three times the price of an alarm that looks once a minute"

  docs {
    what       = "A metric alarm with a period of 10, 20 or 30 seconds."
    why        = "Alarms at high resolution cost three times as much for each metric. Most people who are called need minutes to answer."
    ignore     = "Where the alarm starts something by itself that has to happen within seconds."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html"
  }
}
