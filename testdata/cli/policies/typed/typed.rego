package typed

deny contains msg if {
	half := input.difference.monthly / 2
	msg := sprintf("%v", [half])
}
