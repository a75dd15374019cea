//! Stanzas: how a resource type becomes priced components.
