//! Which blocks a catalog file declares: shared by the build script and the reader of users' files.

use hcl::edit::structure::{Block, Body};

/// A top-level block of a catalog file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// `provider "aws" { … }`
    Provider,
    /// `resource "aws_instance" { … }`
    Resource,
    /// `table "name" { … }`
    Table,
    /// `template "name" { … }`
    Template,
    /// `workload "aws_instance" { … }`
    Workload,
    /// `offer "aws_instance" { … }`
    Offer,
    /// `data "aws_region" { … }`
    Data,
}

impl BlockKind {
    /// The kind of a block by its identifier.
    pub fn of(ident: &str) -> Option<Self> {
        match ident {
            "provider" => Some(Self::Provider),
            "resource" => Some(Self::Resource),
            "table" => Some(Self::Table),
            "template" => Some(Self::Template),
            "workload" => Some(Self::Workload),
            "offer" => Some(Self::Offer),
            "data" => Some(Self::Data),
            _ => None,
        }
    }
}

/// Every well-formed top-level block: its kind, its name, and whether it is exactly `free = true`.
pub(crate) fn declared_blocks(body: &Body) -> impl Iterator<Item = (BlockKind, &str, bool)> {
    body.blocks().filter_map(|block| {
        let kind = BlockKind::of(block.ident.as_str())?;
        let [label] = block.labels.as_slice() else { return None };
        Some((kind, label.as_str(), is_free_only(block)))
    })
}

fn is_free_only(block: &Block) -> bool {
    block.body.len() == 1
        && block.body.get_attribute("free").is_some_and(|attribute| attribute.value.as_bool() == Some(true))
}
