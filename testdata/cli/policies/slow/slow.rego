package slow

deny contains "never" if {
	all := numbers.range(1, 4000)
	some i in all
	some j in all
	some k in all
	i + j + k > 20000
}
