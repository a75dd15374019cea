package infracost

deny[out] {
	most := 200.0
	msg := sprintf("the difference %s must stay below %.2f", [input.diffTotalMonthlyCost, most])
	out := {"msg": msg, "failed": to_number(input.diffTotalMonthlyCost) >= most}
}

warn[msg] {
	resource := input.projects[_].breakdown.resources[_]
	to_number(resource.monthlyCost) > 300
	msg := sprintf("%s costs more than 300", [resource.name])
}
