package circle

is_dear if is_large

is_large if is_dear

deny contains "dear" if is_dear
