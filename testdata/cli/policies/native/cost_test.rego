package team.cost_test

import data.team.cost

test_holds if count(cost.deny) == 0 with input as {"projects": []}
