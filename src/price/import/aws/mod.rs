//! AWS: the price list's own words, out of the lists at hand.
//!
//! Keys are usage type, without the prefix of its region, and operation.

mod cloudwatch;
mod derived;
mod ec2;
mod ec2_europe;
mod ec2_systems;
mod elasticache;
mod focus;
mod golden;
mod lambda;
mod offers;
mod published;
mod rds;
mod regional;
mod s3;
mod sources;
mod transfer;

use std::path::Path;

use super::super::{Sheet, SheetError};
use offers::Offers;

/// Reads the AWS tables below `from/aws` and the unit prices below `from/multi`.
pub(super) fn import(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    let aws = from.join("aws");
    let mut offers = Offers::default();
    published::shelve(&mut offers)?;
    focus::shelve(&mut offers, &from.join("multi"))?;
    let linux = ec2::shelve(&mut offers, &aws)?;
    ec2::shelve_china(&mut offers, &aws)?;
    let systems = ec2_systems::read(&aws, &linux)?;
    systems.iter().for_each(|system| system.shelve_listed(&mut offers));
    ec2_europe::shelve(&mut offers, &aws)?;
    systems.iter().for_each(|system| system.shelve_summed(&mut offers, &linux));
    systems.iter().for_each(|system| system.shelve_dedicated(&mut offers));
    regional::shelve(&mut offers, &aws)?;
    transfer::shelve(&mut offers, &from.join("multi"))?;
    rds::shelve(&mut offers, &aws)?;
    elasticache::shelve(&mut offers, &aws)?;
    s3::shelve(&mut offers, &aws)?;
    lambda::shelve(&mut offers, &aws)?;
    cloudwatch::shelve(&mut offers, &aws)?;
    golden::shelve(&mut offers, &from.join("multi"))?;
    derived::shelve(&mut offers)?;
    Ok(offers.into_sheets())
}
