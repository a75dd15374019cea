package team

deny contains "deep" if depth(input) > 3

depth(value) := 1 + max({depth_of(child) | some child in value})

depth_of(value) := depth(value)
