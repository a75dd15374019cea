# Common to all units; there are none yet.
