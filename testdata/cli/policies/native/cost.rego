package team.cost

import data.limits

deny contains {"msg": msg, "address": resource.address, "code": "policy-dear-resource"} if {
	some project in input.projects
	some resource in project.resources
	monthly := to_number(resource.after.total.monthly)
	monthly > limits.resource
	msg := sprintf("%s a month is more than %d", [resource.after.total.monthly, limits.resource])
}

warn contains msg if {
	input.coverage.unsupportedTypes
	count(input.coverage.unsupportedTypes) > 0
	msg := sprintf("%d types without a price", [count(input.coverage.unsupportedTypes)])
}
