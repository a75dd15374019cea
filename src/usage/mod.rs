//! Usage files and their precedence.
