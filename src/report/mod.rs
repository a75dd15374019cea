//! One view of the result, and a renderer per format.
