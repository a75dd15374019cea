package team

deny contains 5 if true
