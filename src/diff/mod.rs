//! Pairs before with after, line by line.
